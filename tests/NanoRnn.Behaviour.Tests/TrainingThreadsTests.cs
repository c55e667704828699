using System.Runtime.CompilerServices;

namespace NanoRnn.Behaviour.Tests;

/// <summary>A training step may be shared by any number of threads, which changes nothing but the time.</summary>
public class TrainingThreadsTests
{
    private const int TimeSteps = 5;
    private const int MaxRows = 13;
    private static readonly int[] BatchSizes = [13, 1, 4, 8, 3, 12];

    public static TheoryData<string> Models => [.. TestModels.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryNumberOfThreadsGivesTheSameBits(string name)
    {
        var expected = Train(name, threads: 1, steps: 12);
        foreach (var threads in new[] { 2, 3, 4, 7 })
            Assert.Equal(expected, Train(name, threads, steps: 12));
    }

    [Theory]
    [InlineData(nameof(BothWays))]
    [InlineData(nameof(Rearranged))]
    [InlineData(nameof(Skipping))]
    [InlineData(nameof(TokenTagger))]
    [InlineData(nameof(Translation))]
    [InlineData(nameof(Attentive))]
    [InlineData(nameof(BatchNormalized))]
    public void SoInEveryShapeOfSequence(string name)
    {
        var expected = Train(1);
        Assert.DoesNotContain(expected, value => !float.IsFinite(value));
        foreach (var threads in new[] { 2, 3 })
            Assert.Equal(expected, Train(threads));

        float[] Train(int threads)
        {
            using var run = ShapeRun.Create(name, threads);
            run.Train();
            run.Predict();
            return run.Results();
        }
    }

    [Fact]
    public void ManyShortStepsDoNotLoseAPhase() =>
        Assert.Equal(Train(nameof(Forecaster), threads: 1, steps: 3000), Train(nameof(Forecaster), threads: 4, steps: 3000));

    [Fact]
    public void FitSharesItsStepsToo()
    {
        Assert.Equal(FitWith(1), FitWith(3));

        static float[] FitWith(int threads)
        {
            var model = new Forecaster(seed: 5);
            var samples = new Samples(TestModels.Create(nameof(Forecaster), seed: 5), 21, TimeSteps);
            using var trainer = new Trainer<Forecaster>(
                model, new TrainerOptions { BatchSize = 8, TimeSteps = TimeSteps, Threads = threads });
            trainer.Fit(samples.ToDataset(), epochs: 4);
            return [.. model.Weights.SelectMany(tensor => tensor.ToArray())];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ADisposedTrainerSaysSo(int threads)
    {
        var trainer = new Trainer<Forecaster>(
            new Forecaster(), new TrainerOptions { BatchSize = 1, TimeSteps = 1, Threads = threads });
        trainer.Dispose();
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.TrainBatch(new float[Forecaster.InputSize], new float[Forecaster.OutputSize]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void ThereIsAtLeastOneThread(int threads) =>
        Assert.Equal("Threads", Assert.Throws<ArgumentOutOfRangeException>(() => new TrainerOptions { Threads = threads }).ParamName);

    [Fact]
    public void AForgottenTrainerIsCollected()
    {
        var reference = Forget();
        for (var i = 0; i < 10 && reference.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(reference.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Forget()
        {
            var trainer = new Trainer<Forecaster>(
                new Forecaster(), new TrainerOptions { BatchSize = 8, TimeSteps = 2, Threads = 3 });
            trainer.TrainBatch(new float[16 * Forecaster.InputSize], new float[8 * Forecaster.OutputSize]);
            return new WeakReference(trainer);
        }
    }

    private static float[] Train(string name, int threads, int steps)
    {
        var model = TestModels.Create(name, seed: 4);
        var samples = new Samples(model, MaxRows, TimeSteps, seed: 2);
        using var trainer = model.CreateTrainer(new TrainerOptions
        {
            Loss = model.SuitableLoss(), Optimizer = Optimizer.Adam(), BatchSize = MaxRows, TimeSteps = TimeSteps, Threads = threads,
        });
        var losses = new float[steps];
        for (var i = 0; i < steps; i++)
        {
            var rows = BatchSizes[i % BatchSizes.Length];
            losses[i] = trainer.TrainBatch(samples.InputsOf(0, rows), samples.TargetsOf(0, rows));
        }

        return [.. losses, .. model.PackedWeights];
    }
}
