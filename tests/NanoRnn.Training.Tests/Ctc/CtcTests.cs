using NanoRnn.Tests.Shared;
using NanoRnn.Training.Tests.Losses;

namespace NanoRnn.Training.Tests.Ctc;

public class CtcTests
{
    private const int Classes = 3;

    public static TheoryData<int, int[]> Cases() => new()
    {
        { 1, [] },
        { 1, [2] },
        { 4, [] },
        { 4, [1] },
        { 4, [1, 2] },
        { 4, [1, 1] },
        { 3, [1, 1] },
        { 5, [2, 2, 1] },
        { 6, [1, 2, 1] },
        { 6, [2, 2, 2] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossIsThatOfAllAlignments(int steps, int[] labels)
    {
        var logits = CreateLogits(steps);
        float[] target = [.. labels.Select(label => (float)label), 0, 0];
        var expected = Alignments.Loss(ToDouble(logits), Classes, labels);
        Assert.Equal(expected, Loss.Ctc.Compute(logits, target, Classes), 1e-6 * Math.Max(1, expected));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientIsTheDifferenceQuotient(int steps, int[] labels)
    {
        var logits = CreateLogits(steps);
        float[] target = [.. labels.Select(label => (float)label)];
        var gradients = new float[logits.Length];
        Loss.Ctc.SumAndGradient(logits, target, Classes, gradients, isFused: false);
        for (var i = 0; i < logits.Length; i++)
        {
            const double Step = 1e-5;
            var z = ToDouble(logits);
            z[i] += Step;
            var above = Alignments.Loss(z, Classes, labels);
            z[i] -= 2 * Step;
            Assert.Equal((above - Alignments.Loss(z, Classes, labels)) / (2 * Step), gradients[i], 1e-6);
        }
    }

    [Fact]
    public void LargeLogitsAreStable()
    {
        float[] logits = [0, 1000, -1000, 0, -1000, 1000];
        var gradients = new float[6];
        Assert.Equal(0, Loss.Ctc.SumAndGradient(logits, [1, 2], Classes, gradients, isFused: false));
        Assert.All(gradients, gradient => Assert.Equal(0, gradient));
        Assert.Equal(4000, Loss.Ctc.SumAndGradient(logits, [2, 1], Classes, gradients, isFused: false));
        Assert.Equal([0, 1, -1, 0, -1, 1], gradients);
    }

    /// <summary>The mean over sequences, each of its own steps and labels; what lies behind a sequence's end has no influence.</summary>
    [Fact]
    public void TrainerTakesLengthsAndWeights()
    {
        using var trainer = Create();
        var random = new RandomGenerator(2);
        var inputs = new float[3 * 10];
        foreach (ref var input in inputs.AsSpan())
            input = random.NextUniform(-1, 1);
        int[] lengths = [5, 2, 4];
        int[] targets = [1, 2, 0, 2, 0, 0, 1, 1, 0];
        float[] weights = [1, 0.5f, 3];
        var expected = 0.0;
        for (var row = 0; row < 3; row++)
        {
            var outputs = new float[lengths[row] * Classes];
            trainer.Model.Predict(inputs.AsSpan(row * 10, lengths[row] * 2), outputs);
            int[] labels = [.. targets.AsSpan(row * 3, 3).ToArray().Where(label => label != 0)];
            expected += weights[row] * Alignments.Loss(ToDouble(outputs), Classes, labels) / 3;
        }

        var dataset = new SequenceDataset(inputs, targets, 5, 2, 3, lengths).WithSampleWeight(weights);
        Assert.Equal(expected, trainer.Evaluate(dataset), 1e-5);
        Assert.Equal(expected, trainer.TrainBatch(inputs, targets, lengths, weights), 1e-5);
        Assert.Equal(0, AllocatedBytes.Of(() => trainer.TrainBatch(inputs, targets, lengths, weights)));
    }

    [Fact]
    public void LabelsAreLearnedWithoutTimes()
    {
        using var trainer = Create(Optimizer.Adam(0.05));
        float[] inputs = [1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0];
        int[] targets = [1, 2, 0, 2, 1, 0];
        for (var step = 0; step < 300; step++)
            trainer.TrainBatch(inputs, targets);
        var outputs = new float[5 * Classes];
        var labels = new int[5];
        var decoder = new CtcDecoder(Classes, 5);
        trainer.Model.Predict(inputs.AsSpan(0, 10), outputs);
        Assert.Equal([1, 2], labels[..CtcDecoder.DecodeGreedily(outputs, Classes, labels)]);
        trainer.Model.Predict(inputs.AsSpan(10, 10), outputs);
        Assert.Equal([2, 1], labels[..decoder.Decode(outputs, labels, out _)]);
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using var trainer = Create();
        AssertRefused("The target of sequence 0 of the batch has 3 labels, 2 of them as the one before, and needs 5 steps; there are 4", [1, 1, 1], 4);
        AssertRefused("has the label 3 at 1; expected a whole number from 1 to 2, or 0 behind the labels", [1, 3, 0], 5);
        AssertRefused("has the label 2 at 2 behind a 0, which is the blank and ends the labels", [1, 0, 2], 5);
        AssertMessage("TargetSteps must be set", () => new Trainer<Tagger>(new Tagger(), new TrainerOptions { Loss = Loss.Ctc }).Dispose());
        AssertMessage("needs an output for each step", () => new Trainer<Scores>(new Scores(), new TrainerOptions { Loss = Loss.Ctc, TargetSteps = 2 }).Dispose());
        Assert.Contains(
            "weights of 1 sequences, found 5",
            Assert.Throws<ArgumentException>("sampleWeight", () => trainer.TrainBatch(new float[10], [1, 0, 0], default, new float[5])).Message,
            StringComparison.Ordinal);

        void AssertRefused(string message, int[] labels, int length) => Assert.Contains(
            message, Assert.Throws<ArgumentException>("targets", () => trainer.TrainBatch(new float[10], labels, [length])).Message, StringComparison.Ordinal);

        static void AssertMessage(string message, Action action) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>("options", action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MemoryIsWhatIsPlanned()
    {
        var options = new TrainerOptions { Loss = Loss.Ctc, TargetSteps = 3 };
        var arena = MemoryArena.Allocate(options.GetMemoryBytes<Tagger>());
        using var trainer = new Trainer<Tagger>(new Tagger(), options, arena);
        Assert.Equal(arena.Length, arena.Used);
    }

    private static Trainer<Tagger> Create(Optimizer? optimizer = null) => new(
        new Tagger(seed: 4), new TrainerOptions { Loss = Loss.Ctc, TargetSteps = 3, Optimizer = optimizer ?? Optimizer.Sgd(0) });

    private static float[] CreateLogits(int steps)
    {
        var random = new RandomGenerator(6);
        var logits = new float[steps * Classes];
        foreach (ref var logit in logits.AsSpan())
            logit = random.NextUniform(-2, 2);
        return logits;
    }

    private static double[] ToDouble(float[] values) => [.. values.Select(value => (double)value)];
}
