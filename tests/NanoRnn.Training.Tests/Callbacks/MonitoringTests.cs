namespace NanoRnn.Training.Tests.Callbacks;

/// <summary>Callbacks that go by a value, with values that are given: what Keras 3 does in each epoch.</summary>
public sealed class MonitoringTests
{
    private const string Value = "val_scripted";

    [Theory]
    [InlineData(0, 0.0, 3, 2, new float[] { 5, 4, 4, 3 })] // No patience: the first that is no better.
    [InlineData(0, 0.0, 2, 1, new float[] { 5, 6, 4, 3 })] // The first epoch never ends it.
    [InlineData(2, 0.0, 5, 3, new float[] { 5, 4, 3, 3, 4, 1 })]
    [InlineData(2, 0.0, 5, 3, new float[] { 5, 6, 4, 4.5f, 4, 3 })]
    [InlineData(1, 0.5, 2, 1, new float[] { 5, 4.6f, 4.5f, 4 })] // Better by no more than the least difference.
    [InlineData(0, 0.0, 2, 1, new float[] { float.NaN, float.NaN, 3 })] // NaN is no improvement on nothing.
    [InlineData(3, 0.0, 0, 4, new float[] { 5, 4, 3, 2 })]
    public void EarlyStoppingStops(int patience, double minDelta, int stopped, int best, float[] values)
    {
        var callback = new EarlyStopping(Value, minDelta, patience);
        var history = Fit(MonitorMode.Min, values, callback);
        Assert.Equal((stopped, best, stopped == 0 ? values.Length : stopped), (callback.StoppedEpoch, callback.BestEpoch, history.Epochs));
        Assert.Equal(values[..history.Epochs], history[Value]);
    }

    [Theory]
    [InlineData(MonitorMode.Max, MonitorMode.Auto)]
    [InlineData(MonitorMode.Auto, MonitorMode.Max)]
    [InlineData(MonitorMode.Min, MonitorMode.Max)]
    public void MoreIsBetterIfMetricOrCallbackSaysSo(MonitorMode metric, MonitorMode mode)
    {
        var callback = new EarlyStopping(Value, patience: 1, mode: mode);
        Fit(metric, [1, 2, 3, 3, 9], callback);
        Assert.Equal((4, 3, 3f), (callback.StoppedEpoch, callback.BestEpoch, callback.Best));
    }

    [Fact]
    public void BaselineMustBeReached()
    {
        var callback = new EarlyStopping(Value, patience: 3, baseline: 2);
        Fit(MonitorMode.Min, [9, 8, 7, 7, 1], callback);
        Assert.Equal(4, callback.StoppedEpoch);
        Fit(MonitorMode.Min, [9, 8, 1, 3, 3, 3, 3], callback);
        Assert.Equal((6, 3), (callback.StoppedEpoch, callback.BestEpoch));
    }

    [Fact]
    public void FirstEpochsMayNotCount()
    {
        var callback = new EarlyStopping(Value, startFromEpoch: 3);
        Fit(MonitorMode.Min, [1, 2, 3, 9, 8, 8, 7], callback);
        Assert.Equal((6, 5), (callback.StoppedEpoch, callback.BestEpoch));
    }

    [Theory]
    [InlineData(new float[] { 5, 3, 4, 4, 1 }, 2)]
    [InlineData(new float[] { 5, 3, 2 }, 3)] // Also if training ends by itself.
    [InlineData(new float[] { 5, 3, 4 }, 2)]
    [InlineData(new float[] { float.NaN, float.NaN, float.NaN }, 1)]
    public void BestWeightsAreRestored(float[] values, int best)
    {
        var log = new WeightLog();
        using var trainer = CreateTrainer(MonitorMode.Min, values);
        trainer.Fit(FitData.Create(8), values.Length, FitData.Create(1), log, new EarlyStopping(Value, patience: 2, restoreBestWeights: true));
        Assert.Equal(log.Weights[best - 1], FitData.WeightsOf(trainer));
        Assert.NotEqual(log.Weights[0], log.Weights[1]);
    }

    [Fact]
    public void PlateauLowersTheRate()
    {
        Assert.Equal(
            [1, 1, 1, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f], RatesOf(new ReduceLROnPlateau(Value, 0.5, patience: 2), 5, 5, 5, 5, 5, 4, 4, 3));
        Assert.Equal([1, 1, 0.5f, 0.5f, 0.25f, 0.25f], RatesOf(new ReduceLROnPlateau(Value, 0.5, patience: 1, cooldown: 2), 5, 5, 5, 5, 5, 5));
        Assert.Equal([1, 1, 0.3f, 0.3f], RatesOf(new ReduceLROnPlateau(Value, patience: 1, minLr: 0.3), 5, 5, 5, 5));
        Assert.Equal([1, 1, 1, 0.1f], RatesOf(new ReduceLROnPlateau(Value, patience: 1, minDelta: 0.5), 5, 4.4f, 4.2f, 4.2f));
    }

    [Fact]
    public void CheckpointsAreSaved()
    {
        var folder = Directory.CreateTempSubdirectory("nanornn");
        try
        {
            var (path, log) = (Path.Combine(folder.FullName, "new", "model-{epoch:00}-{" + Value + ":0.00}-{{x}}.safetensors"), new WeightLog());
            var callback = new ModelCheckpoint(path, Value, saveBestOnly: true);
            using var trainer = CreateTrainer(MonitorMode.Min, [5, 6, 3.125f, 3.125f]);
            trainer.Fit(FitData.Create(8), 4, FitData.Create(1), log, callback);
            string[] names = [.. Directory.GetFiles(Path.Combine(folder.FullName, "new")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
            Assert.Equal(["model-01-5.00-{x}.safetensors", $"model-03-{3.125f:0.00}-{{x}}.safetensors"], names);
            Assert.Equal(names[1], Path.GetFileName(callback.LastPath));
            using var loaded = new Trainer<Forecaster>(Forecaster.Load(callback.LastPath!), FitData.Options);
            Assert.Equal(log.Weights[2], FitData.WeightsOf(loaded));

            var every = Path.Combine(folder.FullName, "every");
            Fit(MonitorMode.Min, [1, 2, 3, 4, 5], new ModelCheckpoint(every + "{epoch}", everyEpochs: 2));
            Assert.Equal(["every2", "every4"], folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));

            Fit(MonitorMode.Min, [3, 2, 1], new ModelCheckpoint(every + "-{epoch}", Value, saveBestOnly: true, initialValueThreshold: 2));
            Assert.Equal("every-3", Assert.Single(folder.GetFiles("every-*")).Name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void UnknownNamesAreRefusedBeforeTheFirstStep()
    {
        using var trainer = CreateTrainer(MonitorMode.Auto, [1]);
        var before = FitData.WeightsOf(trainer);
        Refused(new EarlyStopping("val_los"), "EarlyStopping monitors 'val_los', but there are only loss, scripted, val_loss, val_scripted.");
        Refused(new ReduceLROnPlateau("accuracy"), "ReduceLROnPlateau monitors 'accuracy', but there are only loss, scripted, val_loss, val_scripted, learning_rate.");
        Refused(new ModelCheckpoint("x", "acc", saveBestOnly: true), "ModelCheckpoint monitors 'acc'");
        Refused(new ModelCheckpoint("{acc}"), "A file name has '{acc}', but there are only epoch, loss, ");
        Refused(new EarlyStopping(Value), "nothing says whether more or less is better");
        Assert.Contains(
            "but there are only loss, scripted.",
            Assert.Throws<ArgumentException>(() => trainer.Fit(FitData.Create(4), callbacks: new EarlyStopping())).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, FitData.WeightsOf(trainer));

        void Refused(Callback callback, string message) => Assert.Contains(
            message,
            Assert.Throws<ArgumentException>(() => trainer.Fit(FitData.Create(4), 1, FitData.Create(1), callback)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersAndPatternsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(patience: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(minDelta: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(mode: (MonitorMode)3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(startFromEpoch: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(cooldown: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCheckpoint("x", everyEpochs: 0));
        Assert.Contains("Python's", Assert.Throws<ArgumentException>(() => new ModelCheckpoint("{epoch:02d}")).Message, StringComparison.Ordinal);
        Assert.Contains("Python's", Assert.Throws<ArgumentException>(() => new ModelCheckpoint("{loss:.2f}")).Message, StringComparison.Ordinal);
        Assert.Contains("index 1", Assert.Throws<ArgumentException>(() => new ModelCheckpoint("a{loss")).Message, StringComparison.Ordinal);
        Assert.Contains("index 1", Assert.Throws<ArgumentException>(() => new ModelCheckpoint("a}loss")).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<float> RatesOf(Callback callback, params float[] values)
    {
        using var trainer = CreateTrainer(MonitorMode.Min, values);
        trainer.LearningRate = 1;
        return trainer.Fit(FitData.Create(8), values.Length, FitData.Create(1), callback)["learning_rate"];
    }

    private static History Fit(MonitorMode mode, float[] values, Callback callback)
    {
        using var trainer = CreateTrainer(mode, values);
        return trainer.Fit(FitData.Create(8), values.Length, FitData.Create(1), callback);
    }

    private static Trainer<Forecaster> CreateTrainer(MonitorMode mode, float[] values) =>
        new(new Forecaster(), FitData.Options with { Metrics = [new ScriptedMetric(mode, values)] });

    private sealed class WeightLog : Callback
    {
        public List<float[]> Weights { get; } = [];

        public override void OnEpochEnd(in EpochReport report) => Weights.Add(FitData.WeightsOf(Trainer));
    }
}
