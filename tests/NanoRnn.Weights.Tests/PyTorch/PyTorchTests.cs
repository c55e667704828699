using NanoRnn.Behaviour.Tests;
using NanoRnn.CompilerServices;

namespace NanoRnn.Weights.Tests.PyTorch;

/// <summary>Files of PyTorch's modules give the outputs of the modules.</summary>
public sealed class PyTorchTests
{
    private const float Tolerance = 1e-6f;

    [Theory]
    [InlineData("f32")]
    [InlineData("f16")]
    [InlineData("bf16")]
    [InlineData("f64")]
    public void NumbersOfAllSizesAreTaken(string type)
    {
        AssertEqual<OneLstm, float>("lstm", type);
        AssertEqual<GruLayers, float>("gru", type);
        AssertEqual<Words, int>("tokens", type);
    }

    [Fact]
    public void LayersOfOneModuleAreLayersOfTheModel()
    {
        AssertEqual<LstmLayers, float>("lstm_layers");
        AssertEqual<LstmBothWays, float>("lstm_both_ways");
        AssertEqual<GruBothWays, float>("gru_both_ways");
    }

    [Fact]
    public void ModulesWithoutBiasesAndNamesAreTaken()
    {
        AssertEqual<GruWithoutBias, float>("gru_no_bias");
        AssertEqual<Bare, float>("bare");
        AssertEqual<OneLstm, float>("lstm_cell");
    }

    [Fact]
    public void SimpleLayersAreTakenWithBothActivations()
    {
        AssertEqual<RnnTanh, float>("rnn_tanh");
        AssertEqual<RnnRelu, float>("rnn_relu");
    }

    [Fact]
    public void ConvolutionsAndSlopesAreTaken()
    {
        AssertEqual<Convolutions, float>("convolutions");
        AssertEqual<Slopes, float>("slopes");
        AssertEqual<Batches, float>("batches");
    }

    [Fact]
    public void ModulesOfTheSameShapesAreKnownByNumbersOrNames()
    {
        AssertEqual<Numbered, float>("numbered");
        AssertEqual<Named, float>("named");
    }

    [Fact]
    public void ConstantsOfTheProgramAreWhatLoadGives()
    {
        Assert.Equal(PretrainedLstm.Load(PyTorchFiles.PathOf("lstm", "bf16")).ToBytes(), PretrainedLstm.Pretrained.ToBytes());
        Assert.Equal(PretrainedGru.Load(PyTorchFiles.PathOf("gru", "f64")).ToBytes(), PretrainedGru.Pretrained.ToBytes());
    }

    [Fact]
    public void BytesStreamsAndArenasGiveTheSameModel()
    {
        var path = PyTorchFiles.PathOf("gru", "f16");
        var expected = GruLayers.Load(path).ToBytes();
        Assert.Equal(expected, GruLayers.Load(File.ReadAllBytes(path)).ToBytes());
        using var stream = File.OpenRead(path);
        using var arena = MemoryArena.Allocate(GruLayers.Memory.WeightBytes);
        Assert.Equal(expected, GruLayers.Load(stream, arena).ToBytes());
    }

    [Fact]
    public void WeightsOfHalfPrecisionAreThoseOfTheFile()
    {
        var model = HalfLstm.Load(PyTorchFiles.PathOf("lstm", "f16"));
        Assert.Equal(OneLstm.Load(PyTorchFiles.PathOf("lstm", "f16")).Weights["lstm.kernel"].ToArray(), model.Weights["lstm.kernel"].ToArray());
    }

    /// <summary>A module of the same name as a layer has a tensor of the same name, too.</summary>
    [Fact]
    public void NamesThatBothHaveAreNoNamesOfKeras()
    {
        var renamed = PyTorchFiles.Read("lstm").Select(tensor => tensor with { Name = tensor.Name.Replace("head", "dense", StringComparison.Ordinal) });
        Assert.Equal(OneLstm.Load(PyTorchFiles.PathOf("lstm")).ToBytes(), OneLstm.Load(SafeTensorsFile.Build(renamed)).ToBytes());
    }

    private static void AssertEqual<TModel, TInput>(string name, string type = "f32")
        where TModel : class, IPackedModel<TModel>, ISequencePredictor<TInput>
        where TInput : unmanaged
    {
        var model = ModelStorage.Load<TModel>(PyTorchFiles.PathOf(name, type));
        var inputs = PyTorchFiles.Expected<TInput>(name, "inputs");
        var expected = PyTorchFiles.Expected<float>(name, type.ToUpperInvariant());
        var outputs = new float[expected.Length];
        model.PredictBatch(inputs, timeSteps: 6, outputs);
        var bound = Tolerance * Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < outputs.Length; i++)
            Assert.True(Math.Abs(outputs[i] - expected[i]) <= bound, $"{name} {type}: output {i} is {outputs[i]}, expected {expected[i]}.");
    }
}
