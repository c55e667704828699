using System.Runtime.InteropServices;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Weights.Tests;

/// <summary>Weights that were packed when the program was built are those that a file gives when it runs.</summary>
public sealed class PretrainedTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public static TheoryData<IPretrainedModel> Models =>
    [
        new PretrainedModel<Forecaster>("forecaster", () => Forecaster.Pretrained, Forecaster.LoadPretrained),
        new PretrainedModel<Gates>("gates", () => Gates.Pretrained, Gates.LoadPretrained),
        new PretrainedModel<Scaled>("scaled", () => Scaled.Pretrained, Scaled.LoadPretrained),
        new PretrainedModel<Tokens>("tokens", () => Tokens.Pretrained, Tokens.LoadPretrained),
        new PretrainedModel<Graph>("graph", () => Graph.Pretrained, Graph.LoadPretrained),
        new PretrainedModel<OwnCell>("peephole", () => OwnCell.Pretrained, OwnCell.LoadPretrained),
        new PretrainedModel<Translator>("translator", () => Translator.Pretrained, Translator.LoadPretrained),
        new PretrainedModel<Nested<int>.Forecaster>(
            "forecaster", () => Nested<int>.Forecaster.Pretrained, Nested<int>.Forecaster.LoadPretrained),
    ];

    /// <summary>The same files, rounded when the program is built.</summary>
    public static TheoryData<IPretrainedModel> RoundedModels =>
    [
        new PretrainedModel<HalfForecaster>("forecaster", () => HalfForecaster.Pretrained, HalfForecaster.LoadPretrained),
        new PretrainedModel<Int8Gates>("gates", () => Int8Gates.Pretrained, Int8Gates.LoadPretrained),
    ];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Models))]
    [MemberData(nameof(RoundedModels))]
    public void PackedAtBuildTimeIsPackedAtRunTime(IPretrainedModel model)
    {
        var expected = Bytes(model.Load().ReadOnlySpan);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Bytes(model.Pretrained.ReadOnlySpan));
        Assert.Equal(expected, Bytes(model.LoadPretrained().ReadOnlySpan));
    }

    /// <summary>Statistics of data are constants as weights are, and cannot be changed.</summary>
    [Fact]
    public void StatisticsAreConstants()
    {
        var (loaded, y, expected) = (Scaled.Load(new PretrainedModel<Scaled>("scaled", () => Scaled.Pretrained, Scaled.LoadPretrained).Path), new float[2], new float[2]);
        Scaled.Pretrained.Predict([1, 2, 3], y);
        loaded.Predict([1, 2, 3], expected);
        Assert.Equal(expected, y);
        Assert.All(y, value => Assert.True(float.IsFinite(value)));
        Assert.Throws<InvalidOperationException>(() => Scaled.Pretrained.Adapt([1, 2, 3], [1, 2]));
        var copy = Scaled.LoadPretrained();
        copy.Adapt([1, 2, 3], [1, 2]);
        Assert.Equal([1, 2, 3], copy.Weights["normalization.maximum"].ToArray());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void FileIsTheOneThatTheTestsWrite(IPretrainedModel model)
    {
        var path = Path.Combine(_folder.FullName, "renewed.safetensors");
        model.Renew(path);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(model.Path));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ConstantsAreReadWhereTheyLieAndOnlyACopyCanBeWritten(IPretrainedModel model)
    {
        Assert.True(model.Pretrained.IsReadOnly);
        Assert.Same(model.Pretrained, model.Pretrained);
        Assert.False(model.LoadPretrained().IsReadOnly);
        Assert.NotSame(model.LoadPretrained(), model.LoadPretrained());
        Assert.Throws<InvalidOperationException>(() => model.Pretrained.Span[0] = 1);
    }

    [Fact]
    public void PredictionsAreThoseOfTheLoadedFile()
    {
        float[] sequence = [0.25f, -1, 3, 0.5f, 0];
        var (expected, found) = (new float[1], new float[1]);
        Forecaster.Load(Path.Combine(AppContext.BaseDirectory, "Files", "forecaster.safetensors")).Predict(sequence, expected);
        Forecaster.Pretrained.Predict(sequence, found);
        Assert.Equal(expected, found);

        using var session = Forecaster.Pretrained.CreateSession();
        foreach (var x in sequence)
            session.Step([x], found);
        Assert.Equal(expected, found);
        Forecaster.Pretrained.PredictBatch(sequence, sequence.Length, found);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void PredictionAllocatesNothing()
    {
        var (sequence, tokens, output, outputs) = (new float[20], new[] { 1, 2, 6 }, new float[1], new float[3]);
        Predict();
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            for (var i = 0; i < 100; i++)
                Predict();
        }));

        void Predict()
        {
            Forecaster.Pretrained.Predict(sequence, output);
            Tokens.Pretrained.Predict(tokens, outputs);
        }
    }

    [Fact]
    public void ThreadsShareTheModel()
    {
        float[] sequence = [1, 2, 3];
        var expected = new float[1];
        Forecaster.Pretrained.Predict(sequence, expected);
        Parallel.For(0, 64, _ =>
        {
            var found = new float[1];
            Forecaster.Pretrained.Predict(sequence, found);
            Assert.Equal(expected, found);
        });
    }

    [Fact]
    public void TrainingIsRefusedBeforeAnythingIsWritten()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => new Trainer<Forecaster>(Forecaster.Pretrained, Options));
        Assert.Contains("The weights of this Forecaster are constants of the program", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Forecaster.LoadPretrained()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CopyCanBeTrainedAndLeavesTheConstantsAlone()
    {
        var before = Forecaster.Pretrained.Weights["lstm.kernel"].ToArray();
        var copy = Forecaster.LoadPretrained();
        using var trainer = new Trainer<Forecaster>(copy, Options);
        trainer.TrainBatch([1f, 2, 3, 4], [1, -1]);
        Assert.NotEqual(before, copy.Weights["lstm.kernel"].ToArray());
        Assert.Equal(before, Forecaster.Pretrained.Weights["lstm.kernel"].ToArray());
        Assert.Equal(before, Forecaster.LoadPretrained().Weights["lstm.kernel"].ToArray());
    }

    [Fact]
    public void CopyCanLieInGivenMemory()
    {
        using var arena = MemoryArena.Allocate(Forecaster.Memory.WeightBytes);
        var copy = Forecaster.LoadPretrained(arena);
        Assert.Equal(Forecaster.Pretrained.Weights["lstm.kernel"].ToArray(), copy.Weights["lstm.kernel"].ToArray());
        Assert.Throws<ArgumentException>(() => Forecaster.LoadPretrained(arena));
    }

    [Fact]
    public void TensorsCanBeReadAndNotWritten()
    {
        var tensor = Forecaster.Pretrained.Weights["dense.bias"];
        var value = tensor[0];
        AssertRefused(() => tensor[0] = 1);
        AssertRefused(() => tensor[0, 0] = 1);
        AssertRefused(() => tensor.CopyFrom([1]));
        Assert.Equal(value, tensor[0]);
        Assert.Equal([value], tensor.ToArray());

        static void AssertRefused(Action write) =>
            Assert.Contains("LoadPretrained()", Assert.Throws<InvalidOperationException>(write).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PretrainedCanBeSaved()
    {
        var path = Path.Combine(_folder.FullName, "saved.safetensors");
        Forecaster.Pretrained.Save(path);
        Assert.Equal(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "forecaster.safetensors")), File.ReadAllBytes(path));
    }

    private static TrainerOptions Options => new()
    {
        Loss = Loss.MeanSquaredError, Optimizer = Optimizer.Sgd(learningRate: 0.1f), BatchSize = 2, TimeSteps = 2,
    };

    private static byte[] Bytes(ReadOnlySpan<float> weights) => MemoryMarshal.AsBytes(weights).ToArray();
}
