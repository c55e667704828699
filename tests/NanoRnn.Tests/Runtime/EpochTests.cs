namespace NanoRnn.Tests.Runtime;

/// <summary>Every epoch takes every sample once, and callbacks are told what the history says.</summary>
public class EpochTests
{
    private const int Samples = 11;
    private const int Epochs = 8;

    /// <summary>One sample's error is not another's: a sum that has one twice and one never is another sum.</summary>
    private static readonly SequenceDataset Data = CreateData();

    private static readonly TrainerOptions Options = new() { TimeSteps = 1, Seed = 5, Shuffle = true };

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void LossOfAnEpochThatChangesNothingIsThatOfTheEvaluation(int batchSize)
    {
        using var trainer = CreateTrainer(Options with { BatchSize = batchSize, Optimizer = Optimizer.Sgd(0) });
        var expected = trainer.Evaluate(Data);

        foreach (var loss in trainer.Fit(Data, Epochs).Loss)
            Assert.Equal(expected, loss, 1e-6 * expected);
    }

    [Fact]
    public void ShuffledEpochTakesEverySampleOnceInAnotherOrder()
    {
        using var trainer = CreateTrainer(Options with { BatchSize = 1, Optimizer = Optimizer.Sgd(0) });
        var log = new Log();

        trainer.Fit(Data, Epochs, callbacks: log);

        float[][] epochs = [.. log.Batches.Select(report => report.BatchLoss).Chunk(Samples)];
        var expected = epochs[0].Order().ToArray();
        Assert.Equal(Samples, expected.Distinct().Count());
        Assert.Equal(Epochs, epochs.Length);
        foreach (var epoch in epochs)
            Assert.Equal(expected, epoch.Order());
        for (var epoch = 1; epoch < Epochs; epoch++)
            Assert.NotEqual(epochs[epoch - 1], epochs[epoch]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void ReportsAreWhatTheHistorySays(int batchSize)
    {
        using var trainer = CreateTrainer(Options with { BatchSize = batchSize, Optimizer = Optimizer.Sgd(0.01f) });
        var log = new Log();

        var history = trainer.Fit(Data, Epochs, Data, log);

        var batches = (Samples + batchSize - 1) / batchSize;
        Assert.Equal(Epochs * batches, log.Batches.Count);
        Assert.Equal(history.Loss, log.Epochs.Select(report => report.Loss));
        Assert.Equal(history.ValidationLoss, log.Epochs.Select(report => report.ValidationLoss!.Value));
        Assert.Equal(history.Loss, log.Batches.Where(report => report.Batch == batches).Select(report => report.Loss));
        var (sum, count) = (0.0, 0);
        foreach (var report in log.Batches)
        {
            var rows = report.Batch < batches ? batchSize : Samples - ((batches - 1) * batchSize);
            (sum, count) = report.Batch == 1 ? ((double)report.BatchLoss * rows, rows) : (sum + ((double)report.BatchLoss * rows), count + rows);
            Assert.Equal((float)(sum / count), report.Loss);
            Assert.Equal((Epochs, batches), (report.Epochs, report.Batches));
        }
    }

    private static Trainer<FakeModel<Regression>> CreateTrainer(TrainerOptions options) => new(FakeModel<Regression>.Create(), options);

    private static SequenceDataset CreateData()
    {
        var random = new RandomGenerator(3);
        var (inputs, targets) = (new float[Samples * 2], new float[Samples]);
        foreach (ref var input in inputs.AsSpan())
            input = random.NextUniform(-1, 1);
        for (var i = 0; i < Samples; i++)
            targets[i] = 2 + i;
        return new SequenceDataset(inputs, targets, 1, 2, 1);
    }

    private sealed class Log : Callback
    {
        public List<BatchReport> Batches { get; } = [];

        public List<EpochReport> Epochs { get; } = [];

        public override void OnBatchEnd(in BatchReport report) => Batches.Add(report);

        public override void OnEpochEnd(in EpochReport report) => Epochs.Add(report);
    }
}
