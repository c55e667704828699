using System.Runtime.InteropServices;

namespace NanoRnn.Behaviour.Tests;

/// <summary>However a number is computed, it has the same bits.</summary>
public class AgreementTests
{
    private const int TimeSteps = 6;
    private static readonly int[] BatchSizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 40, 71];

    public static TheoryData<string> Models => [.. TestModels.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void PredictBatchEqualsPredict(string name)
    {
        var model = TestModels.Create(name, seed: 11);
        var samples = new Samples(model, BatchSizes.Max(), TimeSteps);
        var expected = new float[samples.Count * samples.TargetSize];
        for (var row = 0; row < samples.Count; row++)
            model.Predict(samples.InputsOf(row, 1), expected.AsSpan(row * samples.TargetSize, samples.TargetSize));
        foreach (var rows in BatchSizes)
        {
            var found = new float[rows * samples.TargetSize];
            model.PredictBatch(samples.InputsOf(0, rows), TimeSteps, found);
            AssertBits(expected.AsSpan(0, found.Length), found);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void StepEqualsPredictOnEveryPrefix(string name)
    {
        var model = TestModels.Create(name, seed: 12);
        var samples = new Samples(model, 1, TimeSteps);
        var step = model.OpenSession();
        var y = new float[model.Layout.OutputSize];
        for (var t = 1; t <= TimeSteps; t++)
        {
            var prediction = new float[model.OutputLength(t)];
            model.Predict(samples.Inputs.AsSpan(0, t * samples.InputSize), prediction);
            step(samples.Inputs.AsSpan((t - 1) * samples.InputSize, samples.InputSize), y);
            AssertBits(prediction.AsSpan(prediction.Length - y.Length), y);
        }
    }

    /// <summary>Predict takes some steps at a time: lengths around their multiples.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void PredictOfAnyLengthEqualsStep(string name)
    {
        const int Longest = 67;
        var model = TestModels.Create(name, seed: 15);
        var samples = new Samples(model, 1, Longest);
        var step = model.OpenSession();
        var size = model.Layout.OutputSize;
        var steps = new float[Longest * size];
        for (var t = 0; t < Longest; t++)
            step(samples.Inputs.AsSpan(t * samples.InputSize, samples.InputSize), steps.AsSpan(t * size, size));
        foreach (var length in new[] { 1, 2, 3, 15, 16, 17, 31, 32, 33, 48, 66, Longest })
        {
            var prediction = new float[model.OutputLength(length)];
            model.Predict(samples.Inputs.AsSpan(0, length * samples.InputSize), prediction);
            AssertBits(steps.AsSpan(length * size - prediction.Length, prediction.Length), prediction);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TrainingLossIsThatOfThePrediction(string name)
    {
        var model = TestModels.Create(name, seed: 13);
        var samples = new Samples(model, BatchSizes.Max(), TimeSteps);
        var loss = model.SuitableLoss();
        var penalty = PenaltyOf(model);
        var trainer = model.CreateTrainer(new TrainerOptions
        {
            Loss = loss, Optimizer = Optimizer.Sgd(learningRate: 0), BatchSize = samples.Count, TimeSteps = TimeSteps,
        });
        foreach (var rows in BatchSizes)
        {
            var outputs = new float[rows * samples.TargetSize];
            model.PredictBatch(samples.InputsOf(0, rows), TimeSteps, outputs);
            var expected = loss.Compute(outputs, samples.TargetsOf(0, rows), model.Layout.OutputSize);
            var found = trainer.TrainBatch(samples.InputsOf(0, rows), samples.TargetsOf(0, rows));
            if (penalty == 0)
                AssertBits([expected], [found]);
            else
                Assert.Equal(expected + penalty, found, 1e-6 * found);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void SessionStartsAgainAfterReset(string name)
    {
        // Reset is reached through each class's own session; a second session must start like a reset one.
        var model = TestModels.Create(name, seed: 14);
        var samples = new Samples(model, 1, TimeSteps);
        var (first, second) = (model.OpenSession(), model.OpenSession());
        var (y, again) = (new float[model.Layout.OutputSize], new float[model.Layout.OutputSize]);
        var x = samples.Inputs.AsSpan(0, samples.InputSize);
        first(x, y);
        var expected = y.ToArray();
        first(x, y);
        second(x, again);
        AssertBits(expected, again);
    }

    [Fact]
    public void ResetForgets()
    {
        var model = new TwoDeep(seed: 15);
        using var session = model.CreateSession();
        var (first, second) = (new float[TwoDeep.OutputSize], new float[TwoDeep.OutputSize]);
        float[] x = [0.1f, -0.2f, 0.3f, -0.4f, 0.5f];
        session.Step(x, first);
        for (var steps = 1; steps < 4; steps++)
        {
            for (var i = 0; i < steps; i++)
                session.Step(x, second);
            Assert.NotEqual(first, second);
            session.Reset();
            session.Step(x, second);
            AssertBits(first, second);
        }
    }

    private static double PenaltyOf(TestModel model)
    {
        var sum = 0.0;
        foreach (var tensor in model.Layout.Tensors)
        {
            for (var i = 0; i < tensor.Rows * tensor.Columns; i++)
            {
                double weight = model.PackedWeights[tensor.IndexOf(i / tensor.Columns, i % tensor.Columns)];
                sum += tensor.L1 * Math.Abs(weight) + tensor.L2 * weight * weight;
            }
        }

        return sum;
    }

    private static void AssertBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> found) =>
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected).ToArray(), MemoryMarshal.Cast<float, int>(found).ToArray());
}
