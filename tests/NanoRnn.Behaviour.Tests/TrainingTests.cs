namespace NanoRnn.Behaviour.Tests;

/// <summary>What the trainer promises, with generated models.</summary>
public class TrainingTests
{
    private const int TimeSteps = 5;

    private static readonly TrainerOptions Options = new()
    {
        Loss = Loss.CategoricalCrossentropy, Optimizer = Optimizer.Adam(0.01f), BatchSize = 4, TimeSteps = TimeSteps, Seed = 7,
    };

    private static readonly SequenceDataset Training = CreateData(10, seed: 1);
    private static readonly SequenceDataset Held = CreateData(7, seed: 2);

    [Fact]
    public void SeedDecidesTheOrder()
    {
        var expected = FitWith(Options);
        Assert.Equal(expected, FitWith(Options));
        Assert.NotEqual(expected, FitWith(Options with { Seed = 8 }));
        Assert.NotEqual(expected, FitWith(Options with { Shuffle = false }));
        Assert.Equal(FitWith(Options with { Shuffle = false }), FitWith(Options with { Shuffle = false, Seed = 8 }));

        static float[] FitWith(TrainerOptions options)
        {
            var model = new Classifier();
            new Trainer<Classifier>(model, options).Fit(Training, epochs: 3);
            return WeightsOf(model);
        }
    }

    [Fact]
    public void FitIsTrainBatchWithASmallerLastBatch()
    {
        var (fitted, stepped) = (new Classifier(), new Classifier());
        var history = new Trainer<Classifier>(fitted, Options with { Shuffle = false }).Fit(Training);

        var trainer = new Trainer<Classifier>(stepped, Options);
        var sum = 0.0;
        foreach (var (first, rows) in new[] { (0, 4), (4, 4), (8, 2) })
        {
            var inputs = new List<float>();
            var targets = new List<float>();
            for (var i = first; i < first + rows; i++)
            {
                inputs.AddRange(Training.GetInput(i));
                targets.AddRange(Training.GetTarget(i));
            }

            sum += (double)trainer.TrainBatch(inputs.ToArray(), targets.ToArray()) * rows;
        }

        Assert.Equal(WeightsOf(stepped), WeightsOf(fitted));
        Assert.Equal((float)(sum / Training.Count), Assert.Single(history.Loss));
    }

    [Fact]
    public void ValidationOnlyLooks()
    {
        var (alone, watched) = (new Classifier(), new Classifier());
        var expected = new Trainer<Classifier>(alone, Options).Fit(Training, epochs: 4);
        var trainer = new Trainer<Classifier>(watched, Options);
        var found = trainer.Fit(Training, epochs: 4, validation: Held);
        Assert.Equal(expected.Loss, found.Loss);
        Assert.Empty(expected.ValidationLoss);
        Assert.Equal(4, found.ValidationLoss.Count);
        Assert.Equal(trainer.Evaluate(Held), found.ValidationLoss[^1]);
        Assert.Equal(WeightsOf(alone), WeightsOf(watched));
    }

    [Fact]
    public void EvaluationIsTheLossOfThePredictions()
    {
        var model = new Classifier();
        var inputs = new float[Held.Count * TimeSteps * Classifier.InputSize];
        var targets = new float[Held.Count * Classifier.OutputSize];
        for (var i = 0; i < Held.Count; i++)
        {
            Held.GetInput(i).CopyTo(inputs.AsSpan(i * TimeSteps * Classifier.InputSize));
            Held.GetTarget(i).CopyTo(targets.AsSpan(i * Classifier.OutputSize));
        }

        var outputs = new float[targets.Length];
        model.PredictBatch(inputs, TimeSteps, outputs);
        var expected = Loss.CategoricalCrossentropy.Compute(outputs, targets, Classifier.OutputSize);
        Assert.Equal(expected, new Trainer<Classifier>(model, Options with { BatchSize = 7 }).Evaluate(Held));
        Assert.Equal(expected, new Trainer<Classifier>(model, Options).Evaluate(Held), 1e-6f);
    }

    [Fact]
    public void LearningRateChangesMidway()
    {
        // Plain descent remembers nothing: the second half must be what a trainer with the new rate does.
        var (changed, restarted) = (new Classifier(), new Classifier());
        var options = Options with { Optimizer = Optimizer.Sgd(0.1f), Shuffle = false };
        var trainer = new Trainer<Classifier>(changed, options);
        trainer.Fit(Training, epochs: 2, callbacks: new RateChange(after: 1, rate: 0.02f, trainer));
        new Trainer<Classifier>(restarted, options).Fit(Training);
        new Trainer<Classifier>(restarted, options with { Optimizer = Optimizer.Sgd(0.02f) }).Fit(Training);
        Assert.Equal(WeightsOf(restarted), WeightsOf(changed));
        Assert.Equal(0.02f, trainer.LearningRate);

        trainer.LearningRate = 0;
        trainer.Fit(Training);
        Assert.Equal(WeightsOf(restarted), WeightsOf(changed));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.LearningRate = float.NaN);
        Assert.Equal(0, trainer.LearningRate);
    }

    [Fact]
    public void CallsInARowContinue()
    {
        var (once, twice) = (new Classifier(), new Classifier());
        new Trainer<Classifier>(once, Options).Fit(Training, epochs: 4);
        var trainer = new Trainer<Classifier>(twice, Options);
        trainer.Fit(Training, epochs: 3);
        trainer.Fit(Training);
        Assert.Equal(WeightsOf(once), WeightsOf(twice));
    }

    [Fact]
    public void TrainersOnTwoThreadsDoNotInterfere()
    {
        int[] seeds = [1, 2];
        var expected = seeds.Select(Train).ToArray();
        using var start = new Barrier(seeds.Length);
        var found = new float[seeds.Length][];
        var threads = seeds.Select((seed, index) => new Thread(() =>
        {
            start.SignalAndWait();
            found[index] = Train(seed);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(expected[0], found[0]);
        Assert.Equal(expected[1], found[1]);
        Assert.NotEqual(found[0], found[1]);

        static float[] Train(int seed)
        {
            var model = new Classifier(seed);
            new Trainer<Classifier>(model, Options with { Seed = seed }).Fit(Training, epochs: 60, validation: Held);
            return WeightsOf(model);
        }
    }

    [Fact]
    public void CallbackThatThrowsEndsTrainingCleanly()
    {
        var (stopped, expected) = (new Classifier(), new Classifier());
        var trainer = new Trainer<Classifier>(stopped, Options);
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Training, epochs: 5, callbacks: new Stop(after: 2)));
        var whole = new Trainer<Classifier>(expected, Options);
        whole.Fit(Training, epochs: 2);
        Assert.Equal(WeightsOf(expected), WeightsOf(stopped));
        whole.Fit(Training);
        trainer.Fit(Training);
        Assert.Equal(WeightsOf(expected), WeightsOf(stopped));
    }

    [Fact]
    public void TrainedModelSurvivesAFile()
    {
        var model = new Classifier();
        var history = new Trainer<Classifier>(model, Options).Fit(Training, epochs: 100);
        Assert.True(history.Loss[^1] < history.Loss[0] / 2);
        var path = Path.GetTempFileName();
        try
        {
            model.Save(path);
            Assert.Equal(WeightsOf(model), WeightsOf(Classifier.Load(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static SequenceDataset CreateData(int count, int seed) =>
        new Samples(TestModels.Create(nameof(Classifier), seed: 0), count, TimeSteps, seed).ToDataset();

    private static float[] WeightsOf(Classifier model) => [.. model.Weights.SelectMany(tensor => tensor.ToArray())];

    private sealed class RateChange(int after, float rate, Trainer<Classifier> trainer) : Callback
    {
        public override void OnEpochEnd(in EpochReport report)
        {
            if (report.Epoch == after)
                trainer.LearningRate = rate;
        }
    }

    private sealed class Stop(int after) : Callback
    {
        public override void OnEpochEnd(in EpochReport report)
        {
            if (report.Epoch == after)
                throw new OperationCanceledException();
        }
    }
}
