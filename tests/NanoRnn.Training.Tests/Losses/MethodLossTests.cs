using NanoRnn.CompilerServices;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Losses;

/// <summary>Methods as losses, beside their formulas in double precision and the losses of the library.</summary>
public class MethodLossTests
{
    private const int Rows = 4;
    private const int Steps = 5;

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var name in MethodLossCase.Keys)
        {
            // Less than sixteen, as many, and some more.
            foreach (var length in (int[])[1, 3, 16, 39])
                cases.Add(name, length);
        }

        return cases;
    }

    public static TheoryData<string> Names() => [.. MethodLossCase.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueIsTheMeanOfTheMethod(string name, int length)
    {
        var test = MethodLossCase.Get(name);
        var (outputs, targets) = MethodLossCase.CreateData(length);
        var expected = outputs.Zip(targets, (y, t) => test.Formula(y, t)).Average();
        Assert.Equal(expected, test.Loss.Compute(outputs, targets, 1), 2e-6 * Math.Max(Math.Abs(expected), 1));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientIsTheDifferenceQuotient(string name, int length)
    {
        const double Step = 1e-6;
        var test = MethodLossCase.Get(name);
        var (outputs, targets) = MethodLossCase.CreateData(length);
        var gradients = new float[length + 1];
        gradients[^1] = 42;
        var sum = test.Loss.SumAndGradient(outputs, targets, 1, gradients.AsSpan(0, length), isFused: false);
        Assert.Equal(test.Loss.Sum(outputs, targets, 1), sum);
        Assert.Equal(42, gradients[^1]);
        for (var i = 0; i < length; i++)
        {
            var (above, below) = (test.Formula(outputs[i] + Step, targets[i]), test.Formula(outputs[i] - Step, targets[i]));
            var quotient = (above - below) / (2 * Step) / length;
            Assert.Equal(quotient, gradients[i], 2e-6 * Math.Max(1.0 / length, Math.Abs(quotient)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NotANumberIsNotHidden(string name)
    {
        var loss = MethodLossCase.Get(name).Loss;
        var (outputs, targets) = MethodLossCase.CreateData(19);
        outputs[17] = float.NaN;
        Assert.True(float.IsNaN(loss.Compute(outputs, targets, 1)));
    }

    /// <summary>The operations are the same, so the bits are, also where there are less than sixteen outputs.</summary>
    [Fact]
    public void SquaredErrorByHandIsThatOfTheLibrary()
    {
        for (var length = 1; length <= 40; length++)
        {
            var (outputs, targets) = MethodLossCase.CreateData(length);
            var (expected, found) = (new float[length], new float[length]);
            Assert.Equal(
                Loss.MeanSquaredError.SumAndGradient(outputs, targets, 1, expected, isFused: false),
                OwnLosses.Losses.Squared.SumAndGradient(outputs, targets, 1, found, isFused: false));
            Assert.Equal(expected, found);
        }
    }

    public static TheoryData<string> Batches() => ["all", "masked", "lengths", "sample weights", "step weights", "lengths and step weights", "two threads"];

    /// <summary>Whatever counts and however much, of a model that has no loss of its own: weights, losses and evaluation, to the bit.</summary>
    [Theory]
    [MemberData(nameof(Batches))]
    public void TrainingIsThatOfTheLibrarysLoss(string batch) =>
        Assert.Equal(Train(Loss.MeanSquaredError, batch), Train(OwnLosses.Losses.Squared, batch));

    [Fact]
    public void OutputsWithoutWeightDoNotCount()
    {
        using var trainer = new Trainer<MaskedTagger>(new MaskedTagger(), new TrainerOptions { Loss = OwnLosses.Losses.Relative });
        var (inputs, targets) = CreateBatch(masked: false);
        targets.AsSpan(15).Clear();
        var loss = trainer.TrainBatch(inputs, targets, sampleWeight: [1, 0, 0, 0]);
        Assert.True(float.IsFinite(loss) && loss > 0);
        Assert.True(float.IsFinite(trainer.TrainBatch(inputs, targets, sampleWeight: [1, 0, 0, 0])));
    }

    [Fact]
    public void TrainingAllocatesNothing()
    {
        var dataset = CreateDataset(masked: true);
        using var trainer = new Trainer<MaskedTagger>(new MaskedTagger(), new TrainerOptions { Loss = OwnLosses.Losses.Counts });
        var (inputs, targets) = CreateBatch(masked: true);
        trainer.TrainBatch(inputs, targets);
        trainer.Evaluate(dataset);
        Assert.Equal(0, AllocatedBytes.Of(() => trainer.TrainBatch(inputs, targets)));
        Assert.Equal(0, AllocatedBytes.Of(() => trainer.Evaluate(dataset)));
        Assert.Equal(0, AllocatedBytes.Of(() => OwnLosses.Losses.Margin.Compute(targets.AsSpan(0, 39), inputs.AsSpan(0, 39), 3)));
    }

    [Fact]
    public void LossHasTheNameOfItsMethod()
    {
        Assert.Equal("Pinball", OwnLosses.Losses.Pinball.Name);
        Assert.Same(OwnLosses.Losses.Pinball, OwnLosses.Losses.Pinball);
        Assert.Equal(
            OwnLosses.Losses.Pinball.Compute([1, 2, 3], [3, 2, 1], 1), ReducedOwnLosses.Losses.Pinball.Compute([1, 2, 3], [3, 2, 1], 1));
    }

    /// <summary>As of the library's losses of numbers.</summary>
    [Fact]
    public void NumbersAreNoClasses() => Assert.Contains(
        "Squared has none with 4 outputs",
        Assert.Throws<ArgumentException>("options", () => new Trainer<OwnLosses>(
            new OwnLosses(), new TrainerOptions { Loss = OwnLosses.Losses.Squared, ClassWeight = [1, 2, 3, 4] })).Message,
        StringComparison.Ordinal);

    /// <summary>Losses of three steps, of an evaluation and of an epoch, and the weights behind all that.</summary>
    private static float[] Train(Loss loss, string batch)
    {
        var masked = batch == "masked";
        var (inputs, targets) = CreateBatch(masked);
        float[] weights = batch switch
        {
            "sample weights" => [1, 0.5f, 0, 3],
            "step weights" or "lengths and step weights" => [.. Enumerable.Range(0, Rows * Steps).Select(i => i % 4 * 0.7f)],
            _ => [],
        };
        int[] lengths = batch.StartsWith("lengths", StringComparison.Ordinal) ? [3, 5, 1, 2] : [];
        using var trainer = new Trainer<MaskedTagger>(
            new MaskedTagger(seed: 2), new TrainerOptions { Loss = loss, Seed = 4, Threads = batch == "two threads" ? 2 : 1 });
        var results = new List<float>();
        for (var step = 0; step < 3; step++)
            results.Add(trainer.TrainBatch(inputs, targets, lengths, weights));
        var dataset = CreateDataset(masked);
        results.Add(trainer.Evaluate(dataset));
        var history = trainer.Fit(dataset, 1, validation: dataset);
        results.Add(history.Loss[0]);
        results.Add(history.ValidationLoss[0]);
        results.AddRange(((IPackedModel<MaskedTagger>)trainer.Model).PackedWeights.Span);
        return [.. results];
    }

    private static SequenceDataset CreateDataset(bool masked)
    {
        var (inputs, targets) = CreateBatch(masked);
        return new(inputs, targets, timeSteps: Steps, inputSize: 2, targetSize: Steps * 3);
    }

    private static (float[] Inputs, float[] Targets) CreateBatch(bool masked)
    {
        var (inputs, targets) = MethodLossCase.CreateData(Rows * Steps * 3);
        for (var step = 0; masked && step < Rows * Steps; step += 3)
            inputs.AsSpan(step * 2, 2).Clear();
        return (inputs[..(Rows * Steps * 2)], targets);
    }
}
