using System.Buffers.Binary;
using NanoRnn.Behaviour.Tests;
using NanoRnn.CompilerServices;

namespace NanoRnn.Weights.Tests.PyTorch;

/// <summary>Files of PyTorch's modules that are not the model's layers, or may be in several ways, are refused.</summary>
public sealed class WrongFileTests
{
    [Fact]
    public void MissingModuleIsNamedWithWhatThereIs() => AssertRefused<OneLstm>(
        PyTorchFiles.Read("lstm").Where(tensor => !tensor.Name.StartsWith("head", StringComparison.Ordinal)),
        "model data: expected a module of weight [2, 5], bias [2] for 'dense', found 0. The file has lstm.bias_hh_l0 [20], lstm.bias_ih_l0 [20], " +
        "lstm.weight_hh_l0 [20, 5], lstm.weight_ih_l0 [20, 3]. OneLstm wants for 'lstm' weight_ih [20, 3], weight_hh [20, 5], " +
        "bias_ih [20], bias_hh [20], for 'dense' weight [2, 5], bias [2].");

    [Theory]
    [InlineData("lstm.bias_hh_l0")]
    [InlineData("lstm.weight_ih_l0")]
    [InlineData("head.weight")]
    [InlineData("head.bias")]
    public void MissingTensorIsRefused(string name) =>
        AssertRefused<OneLstm>(PyTorchFiles.Read("lstm").Where(tensor => tensor.Name != name), "found 0. The file has", "OneLstm wants for 'lstm'");

    [Theory]
    [InlineData("lstm.weight_hr_l0", "expected a module of weight_ih [20, 3]")]
    [InlineData("norm.running_mean", "no layer of OneLstm has the module 'norm' of 'running_mean' [2]")]
    [InlineData("other.weight", "no layer of OneLstm has the module 'other' of weight [2]")]
    [InlineData("lstm.weight_ih_l1", "no layer of OneLstm has the module 'lstm_l1' of weight_ih [2]")]
    [InlineData("lstm.weight_ih_lx", "expected a module of weight_ih [20, 3]")]
    [InlineData("lstm.weight_ih", "expected a module of weight_ih [20, 3]")]
    [InlineData("head.bias [2], weight", "expected a module of weight [2, 5]")]
    public void LeftOverTensorIsNamed(string name, string message) => AssertRefused<OneLstm>(
        PyTorchFiles.Read("lstm").Append(new StoredTensor(name, "F32", [2], new byte[8])), message, "The file has", "OneLstm wants for 'lstm'");

    [Fact]
    public void SecondModuleOfTheSameShapeIsRefused() => AssertRefused<OneLstm>(
        PyTorchFiles.Read("lstm").Concat(PyTorchFiles.Read("lstm").Select(tensor => tensor with { Name = "a." + tensor.Name })),
        "for 'lstm', found 2.");

    [Fact]
    public void ShapesThatAreTransposedAreRefused() => AssertRefused<OneLstm>(
        PyTorchFiles.Read("lstm").Select(tensor => tensor with { Shape = [.. tensor.Shape.Reverse()] }), "found 0.");

    [Fact]
    public void OrderThatNamesDoNotShowIsRefused() => AssertRefused<Numbered>(
        PyTorchFiles.Read("named"),
        "which of the modules 'body' and 'head' of weight [3, 3], bias [3] is which of the layers 'dense', 'dense_1', 'dense_2' cannot be known; " +
        "give the layers the modules' names (Name = \"…\"). The file has body.bias [3]");

    [Fact]
    public void EqualNumbersAreNoOrder() => AssertRefused<Numbered>(
        PyTorchFiles.Read("numbered").Select(tensor => tensor with { Name = tensor.Name.Replace("fc10", "fc02", StringComparison.Ordinal) }),
        "'fc02' and 'fc2'", "cannot be known");

    /// <summary>One name that fits may be chance; only all of them say what is what.</summary>
    [Fact]
    public void OneNameThatFitsIsNoOrder() => AssertRefused<Named>(
        PyTorchFiles.Read("named").Select(tensor => tensor with { Name = tensor.Name.Replace("inner.0", "core", StringComparison.Ordinal) }),
        "'inner_0', 'head', 'body' cannot be known");

    /// <summary>Dots and underscores are the same in a layer's name.</summary>
    [Fact]
    public void NamesThatBecomeOneAreNoOrder() => AssertRefused<Named>(
        PyTorchFiles.Read("named").Select(tensor => tensor with { Name = tensor.Name.Replace("body", "inner_0", StringComparison.Ordinal) }),
        "'inner_0' and 'inner_0'", "cannot be known");

    [Fact]
    public void LayersThatPyTorchHasNotAreNamed()
    {
        AssertRefused<ResetBefore>(
            PyTorchFiles.Read("gru"), "the file is PyTorch's, and 'gru' of ResetBefore has reset_after false, a module of PyTorch's true.");
        AssertRefused<OtherActivation>(
            PyTorchFiles.Read("lstm"), "'lstm' of OtherActivation has activation relu, a module of PyTorch's tanh.");
        AssertRefused<Statistics>(
            PyTorchFiles.Read("lstm"), "'normalization' of Statistics has tensors (normalization.mean) that no module of PyTorch's has.");
        AssertRefused<LstmWithoutBias>(PyTorchFiles.Read("lstm"), "expected a module of weight_ih [20, 3], weight_hh [20, 5] for 'lstm', found 0.");
    }

    [Fact]
    public void IntegersAreRefused() => AssertRefused<OneLstm>(
        Change("head.weight", tensor => tensor with { Type = "I32" }), "tensor 'head.weight': expected dtype F32, F64, F16 or BF16, found I32.");

    [Fact]
    public void NumbersThatAreNotFiniteOrTooLargeAreNamed()
    {
        AssertRefused<OneLstm>(
            Change("lstm.weight_ih_l0", tensor => WithFloat(tensor, 7, float.NaN)),
            "tensor 'lstm.weight_ih_l0': expected finite weights of 32 bits, found NaN at row 2, column 1.");
        var wide = PyTorchFiles.Read("lstm", "f64");
        BinaryPrimitives.WriteDoubleLittleEndian(wide.Single(tensor => tensor.Name == "head.bias").Data.AsSpan(8), 1e300);
        AssertRefused<OneLstm>(wide, "tensor 'head.bias': expected finite weights of 32 bits, found 1E+300 at row 0, column 1.");
        AssertRefused<HalfLstm>(
            Change("lstm.weight_ih_l0", tensor => WithFloat(tensor, 1, 1e30f)), "tensor 'lstm.kernel': 1E+30 at row 1, column 0 is too large for F16.");
    }

    [Fact]
    public void SumOfBiasesThatOverflowsIsRefused() => AssertRefused<OneLstm>(
        PyTorchFiles.Read("lstm").Select(tensor => tensor.Name.Contains("bias_", StringComparison.Ordinal) ? WithFloat(tensor, 3, float.MaxValue) : tensor),
        "tensor 'lstm.bias': expected finite weights, found Infinity at row 0, column 3.");

    /// <summary>A file with any of its bytes changed is taken with all tensors it should have or refused in words.</summary>
    [Fact]
    public void DamagedFilesAreRefusedInWords()
    {
        var file = File.ReadAllBytes(PyTorchFiles.PathOf("lstm"));
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = (byte[])file.Clone();
            var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
            damaged[random.Next(8 + headerLength)] = (byte)random.Next(32, 127);
            try
            {
                OneLstm.Load(damaged);
            }
            catch (ModelFileException exception)
            {
                Assert.StartsWith("model data: ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<StoredTensor> Change(string name, Func<StoredTensor, StoredTensor> change) =>
        PyTorchFiles.Read("lstm").Select(tensor => tensor.Name == name ? change(tensor) : tensor);

    private static StoredTensor WithFloat(StoredTensor tensor, int index, float value)
    {
        var data = (byte[])tensor.Data.Clone();
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(index * sizeof(float)), value);
        return tensor with { Data = data };
    }

    private static void AssertRefused<TModel>(IEnumerable<StoredTensor> tensors, params string[] parts)
        where TModel : class, IPackedModel<TModel>
    {
        var message = Assert.Throws<ModelFileException>(() => ModelStorage.Load<TModel>(SafeTensorsFile.Build(tensors))).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
