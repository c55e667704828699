using NanoRnn.CompilerServices;
using NanoRnn.Tests.Shared;
using NanoRnn.Training.Tests.Losses;

namespace NanoRnn.Training.Tests.Weights;

/// <summary>Weights of samples, steps and classes, as Keras's sample_weight and class_weight.</summary>
public class SampleWeightTests
{
    private const int Rows = 4;
    private const int Steps = 5;
    private static readonly float[] Inputs = CreateInputs();
    private static readonly float[] Classes = [0, 2, 1, 2];
    private static readonly float[] TagsOfSteps = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 1, 2, 2, 0, 0, 2, 1, 0, 2];

    /// <summary>Keras: every sample's loss times its weight, over the number of samples.</summary>
    [Fact]
    public void LossIsWeightedAndDividedByTheNumber()
    {
        using var trainer = Create<Classifier>(Loss.SparseCategoricalCrossentropy);
        float[] weights = [0.5f, 2, 0, 3];
        var expected = 0.0;
        for (var row = 0; row < Rows; row++)
            expected += weights[row] * trainer.Evaluate(Dataset(Classes, 1).Slice(row, 1)) / Rows;
        Assert.Equal(expected, trainer.Evaluate(Dataset(Classes, 1).WithSampleWeight(weights)), 1e-6);
        Assert.Equal(expected, trainer.TrainBatch(Inputs, Classes, sampleWeight: weights), 1e-6);
    }

    /// <summary>One of two samples alone with weight two is that sample alone; the gradient has the weights too.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void WeightZeroIsNoSample(int counted)
    {
        float[] weights = [0, 0, 0, 0];
        weights[counted] = Rows;
        var expected = Train<Classifier>(Loss.SparseCategoricalCrossentropy, trainer => trainer.TrainBatch(
            Inputs.AsSpan(counted * 10, 10), Classes.AsSpan(counted, 1)));
        var found = Train<Classifier>(Loss.SparseCategoricalCrossentropy, trainer => trainer.TrainBatch(Inputs, Classes, sampleWeight: weights));
        AssertClose(expected, found);
    }

    [Fact]
    public void WeightsOfOneAreNone()
    {
        var expected = Train<Tagger>(Loss.SparseCategoricalCrossentropyFromLogits, trainer => trainer.TrainBatch(Inputs, TagsOfSteps));
        var found = Train<Tagger>(
            Loss.SparseCategoricalCrossentropyFromLogits, trainer => trainer.TrainBatch(Inputs, TagsOfSteps, sampleWeight: Enumerable.Repeat(1f, 20).ToArray()));
        AssertClose(expected, found);
    }

    /// <summary>Weights of steps are those of the steps that they stand at, also where others are left out by lengths.</summary>
    [Fact]
    public void StepsHaveWeights()
    {
        int[] lengths = [5, 3, 1, 4];
        var (byStep, masked) = (new float[20], new float[20]);
        for (var i = 0; i < 20; i++)
        {
            var counts = i % Steps < lengths[i / Steps];
            byStep[i] = i % 3 + 0.5f;
            masked[i] = counts ? byStep[i] * 20 / lengths.Sum() : 0;
        }

        // The network takes no notice of what comes later, so steps that lengths leave out are as good as steps without weight.
        var expected = Train<Tagger>(Loss.SparseCategoricalCrossentropyFromLogits, trainer => trainer.TrainBatch(Inputs, TagsOfSteps, sampleWeight: masked));
        var found = Train<Tagger>(
            Loss.SparseCategoricalCrossentropyFromLogits, trainer => trainer.TrainBatch(Inputs, TagsOfSteps, lengths, byStep));
        AssertClose(expected, found);
    }

    [Fact]
    public void WeightOfASequenceIsThatOfItsSteps()
    {
        float[] weights = [1, 0.5f, 0, 2];
        var expected = Train<Tagger>(Loss.SparseCategoricalCrossentropyFromLogits, trainer => trainer.TrainBatch(
            Inputs, TagsOfSteps, sampleWeight: weights.SelectMany(weight => Enumerable.Repeat(weight, Steps)).ToArray()));
        var found = Train<Tagger>(
            Loss.SparseCategoricalCrossentropyFromLogits, trainer => trainer.TrainBatch(Inputs, TagsOfSteps, sampleWeight: weights));
        Assert.Equal(expected, found);
    }

    [Fact]
    public void ClassWeightIsTheWeightOfEverySampleOfTheClass()
    {
        double[] ofClasses = [0.5, 3, 0];
        float[] ofSamples = [.. Classes.Select(label => (float)ofClasses[(int)label])];
        var oneHot = new float[Rows * 3];
        for (var row = 0; row < Rows; row++)
            oneHot[row * 3 + (int)Classes[row]] = 1;
        var expected = Train<Classifier>(
            Loss.SparseCategoricalCrossentropy, trainer => trainer.TrainBatch(Inputs, Classes, sampleWeight: ofSamples));
        Assert.Equal(expected, Train<Classifier>(Loss.SparseCategoricalCrossentropy, trainer => trainer.TrainBatch(Inputs, Classes), ofClasses));
        AssertClose(expected, Train<Classifier>(Loss.CategoricalCrossentropy, trainer => trainer.TrainBatch(Inputs, oneHot), ofClasses));

        // Both at once are multiplied.
        float[] twice = [.. ofSamples.Select(weight => 2 * weight)];
        Assert.Equal(
            Train<Classifier>(Loss.SparseCategoricalCrossentropy, trainer => trainer.TrainBatch(Inputs, Classes, sampleWeight: twice)),
            Train<Classifier>(
                Loss.SparseCategoricalCrossentropy, trainer => trainer.TrainBatch(Inputs, Classes, sampleWeight: [2, 2, 2, 2]), ofClasses));
    }

    [Fact]
    public void BinaryTargetsHaveTwoClasses() => Assert.Equal(
        Train<Flag>(Loss.BinaryCrossentropy, trainer => trainer.TrainBatch(Inputs, [0f, 1, 1, 0], sampleWeight: [0.5f, 4, 4, 0.5f])),
        Train<Flag>(Loss.BinaryCrossentropy, trainer => trainer.TrainBatch(Inputs, [0f, 1, 1, 0]), [0.5, 4]));

    [Fact]
    public void ClassWeightIsForTrainingAlone()
    {
        using var plain = Create<Classifier>(Loss.SparseCategoricalCrossentropy);
        using var weighted = Create<Classifier>(Loss.SparseCategoricalCrossentropy, [0, 5, 7]);
        Assert.Equal(plain.Evaluate(Dataset(Classes, 1)), weighted.Evaluate(Dataset(Classes, 1)));
    }

    /// <summary>Fit takes every sample with its own weight in whatever order, and slices keep theirs.</summary>
    [Fact]
    public void FitTakesTheWeightsOfTheDataset()
    {
        float[] weights = [0, 4, 0, 0, 9];
        var five = new SequenceDataset(
            (float[])[.. Inputs, .. Inputs[..10]], (float[])[.. Classes, 0], timeSteps: Steps, inputSize: 2, targetSize: 1).WithSampleWeight(weights);
        var expected = Train<Classifier>(Loss.SparseCategoricalCrossentropy, trainer => trainer.TrainBatch(Inputs.AsSpan(10, 10), Classes.AsSpan(1, 1)));
        var found = Train<Classifier>(Loss.SparseCategoricalCrossentropy, trainer => trainer.Fit(five.Take(4)));
        AssertClose(expected, found);
        Assert.Equal([9f], five.Skip(4).GetSampleWeight(0).ToArray());
    }

    /// <summary>Weights go with their samples, wherever views and streams put those.</summary>
    [Fact]
    public void ViewsAndStreamsKeepWeights()
    {
        var all = Dataset(Classes, 1);
        float[] weights = [1, 2, 3, 4];
        var shuffled = all.WithSampleWeight(weights).Shuffle(seed: 1);
        for (var i = 0; i < Rows; i++)
            Assert.Equal(weights[Inputs.AsSpan().IndexOf(shuffled.GetInput(i)) / 10], shuffled.GetSampleWeight(i)[0]);
        Assert.Equal([6f], all.Skip(2).WithSampleWeight((float[])[5, 6]).GetSampleWeight(1).ToArray());
        AssertContains("before they are shuffled", Assert.Throws<InvalidOperationException>(() => all.Shuffle(seed: 1).WithSampleWeight(weights)));

        var expected = Train<Classifier>(Loss.SparseCategoricalCrossentropy, trainer => trainer.TrainBatch(Inputs, Classes, sampleWeight: weights));
        var weighted = all.WithSampleWeight(weights);
        var found = Train<Classifier>(
            Loss.SparseCategoricalCrossentropy, trainer => trainer.Fit(new StreamedDataset([weighted.Take(1), weighted.Skip(1)])));
        Assert.Equal(expected, found);
    }

    [Fact]
    public void WeightsAllocateNothing()
    {
        using var trainer = Create<Tagger>(Loss.SparseCategoricalCrossentropyFromLogits, [1, 2, 3]);
        var weights = new float[Rows];
        weights.AsSpan().Fill(2);
        trainer.TrainBatch(Inputs, TagsOfSteps, sampleWeight: weights);
        Assert.Equal(0, AllocatedBytes.Of(() => trainer.TrainBatch(Inputs, TagsOfSteps, sampleWeight: weights)));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using var trainer = Create<Tagger>(Loss.SparseCategoricalCrossentropyFromLogits);
        AssertContains(
            "weights of 4 sequences, or of their 20 outputs, found 3",
            Assert.Throws<ArgumentException>("sampleWeight", () => trainer.TrainBatch(Inputs, TagsOfSteps, sampleWeight: new float[3])));
        AssertContains(
            "weight at index 1 is -1",
            Assert.Throws<ArgumentException>("sampleWeight", () => trainer.TrainBatch(Inputs, TagsOfSteps, sampleWeight: [1, -1, 1, 1])));
        AssertContains(
            "weight at index 2 is NaN",
            Assert.Throws<ArgumentException>("sampleWeight", () => Dataset(Classes, 1).WithSampleWeight((float[])[1, 1, float.NaN, 1])));
        AssertContains(
            "weights of 4 samples, or as many for each, found 5",
            Assert.Throws<ArgumentException>("sampleWeight", () => Dataset(Classes, 1).WithSampleWeight(new float[5])));
        AssertContains(
            "Expected 5 weights of a sample, the dataset has 2",
            Assert.Throws<ArgumentException>("dataset", () => trainer.Evaluate(Dataset(TagsOfSteps, Steps).WithSampleWeight(new float[8]))));
        AssertContains(
            "ClassWeight has 2 weights; expected one for each of 3 classes",
            Assert.Throws<ArgumentException>("options", () => Create<Classifier>(Loss.SparseCategoricalCrossentropy, [1, 2])));
        AssertContains(
            "MeanSquaredError has none with 4 outputs",
            Assert.Throws<ArgumentException>("options", () => Create<Scores>(Loss.MeanSquaredError, [1, 2, 3, 4])));
        AssertContains(
            "BinaryCrossentropyFromLogits has none with 4 outputs",
            Assert.Throws<ArgumentException>("options", () => Create<Scores>(Loss.BinaryCrossentropyFromLogits, [1, 2])));
        Assert.Throws<ArgumentOutOfRangeException>("ClassWeight", () => new TrainerOptions { ClassWeight = [1, -1] });
        Assert.Throws<InvalidOperationException>(() => Dataset(Classes, 1).GetSampleWeight(0));
    }

    private static void AssertContains(string expected, Exception exception) => Assert.Contains(expected, exception.Message, StringComparison.Ordinal);

    private static void AssertClose(float[] expected, float[] found)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-6f);
    }

    private static SequenceDataset Dataset(float[] targets, int targetSize) => new(Inputs, targets, Steps, 2, targetSize);

    /// <summary>The weights after one step down the gradient.</summary>
    private static float[] Train<TModel>(Loss loss, Action<Trainer<TModel>> train, IReadOnlyList<double>? classWeight = null)
        where TModel : class, IRnnModel<TModel>
    {
        using var trainer = Create<TModel>(loss, classWeight);
        train(trainer);
        return trainer.Model.PackedWeights.Span.ToArray();
    }

    private static Trainer<TModel> Create<TModel>(Loss loss, IReadOnlyList<double>? classWeight = null)
        where TModel : class, IRnnModel<TModel>
    {
        var weights = new AlignedBuffer(TModel.Layout.WeightLength);
        ModelInitializer.Initialize(TModel.Layout, weights, seed: 3);
        return new Trainer<TModel>(
            TModel.Create(weights), new TrainerOptions { Loss = loss, Optimizer = Optimizer.Sgd(1), ClassWeight = classWeight });
    }

    private static float[] CreateInputs()
    {
        var random = new RandomGenerator(9);
        var inputs = new float[Rows * Steps * 2];
        foreach (ref var input in inputs.AsSpan())
            input = random.NextUniform(-1, 1);
        return inputs;
    }
}
