using NanoRnn.Training.Tests.Callbacks;
using NanoRnn.Training.Tests.Optimizers;

namespace NanoRnn.Training.Tests.Resuming;

/// <summary>A training that is saved, forgotten, loaded and gone on with has the bits of one that was not interrupted.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Epochs = 5;

    private static readonly SequenceDataset Training = FitData.Create(12);
    private static readonly SequenceDataset Validation = FitData.Create(8, seed: 2);

    private static readonly Dictionary<string, TrainerOptions> Cases = new()
    {
        ["ordered"] = FitData.Options with { Shuffle = false },
        ["threads"] = FitData.Options with { Threads = 2 },
        ["metrics"] = FitData.Options with { Metrics = [Metric.MeanAbsoluteError, Metric.R2Score] },
        ["carried"] = FitData.Options with { CarryState = true, Shuffle = false, Optimizer = Optimizer.Sgd(0.05, momentum: 0.9) },
        ["checkpoints"] = FitData.Options with { CarryState = true, Shuffle = false, CheckpointSteps = 2 },
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public static TheoryData<string> Names()
    {
        var names = OptimizerCases.Names();
        foreach (var name in Cases.Keys)
            names.Add(name);
        return names;
    }

    private string File => Path.Combine(_folder.FullName, "training.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void FitGoesOnFromEveryBatchAndEpoch(string name)
    {
        var options = Cases.TryGetValue(name, out var found) ? found : FitData.Options with { Optimizer = OptimizerCases.Create(name) };
        var (weights, history) = FitWhole(options);
        for (var save = 0; save < Epochs * 4; save++)
        {
            using (var interrupted = new Trainer<Forecaster>(new Forecaster(seed: 3), options))
                Assert.Throws<Interruption>(() => interrupted.Fit(Training, Epochs, Validation, new SaveAndBreak(File, save)));

            using var trainer = new Trainer<Forecaster>(new Forecaster(seed: 99), options with { Seed = 99 });
            trainer.TrainBatch(new float[4 * FitData.TimeSteps * 2], new float[4]);
            trainer.Load(File);
            var rest = trainer.Fit(Training, Epochs, Validation);
            Assert.Equal(weights, FitData.WeightsOf(trainer));
            foreach (var value in history.Names)
                Assert.Equal(history[value].Skip(Epochs - rest.Epochs), rest[value]);
            Assert.Equal(Epochs - (save / 4) - (save % 4 == 3 ? 1 : 0), rest.Epochs);

            // And it is at the end of what the whole one is at the end of.
            Assert.Equal(FitWhole(options, thenFit: 1).Weights, FitMore(trainer));
        }
    }

    [Fact]
    public void OwnLoopGoesOnFromEveryBatch()
    {
        var options = FitData.Options with { Optimizer = Optimizer.Adam(), BatchSize = 1 };
        using var whole = new Trainer<Forecaster>(new Forecaster(), options);
        Steps(whole, 0, 12);
        for (var step = 0; step < 12; step++)
        {
            using var first = new Trainer<Forecaster>(new Forecaster(), options);
            Steps(first, 0, step);
            first.Save(File);
            using var second = new Trainer<Forecaster>(new Forecaster(seed: 99), options with { Seed = 99 });
            second.Load(File);
            Steps(second, step, 12);
            Assert.Equal(FitData.WeightsOf(whole), FitData.WeightsOf(second));
        }

        static void Steps(Trainer<Forecaster> trainer, int first, int end)
        {
            for (var i = first; i < end; i++)
                trainer.TrainBatch(Training.GetInput(i), Training.GetTarget(i));
        }
    }

    [Fact]
    public void CallbacksGoOnFromEveryBatchAndEpoch()
    {
        const int Most = 12;
        var options = FitData.Options with { Optimizer = Optimizer.Sgd(0.3) };
        using var whole = new Trainer<Forecaster>(new Forecaster(seed: 3), options);
        var expected = Create();
        var history = whole.Fit(Training, Most, Validation, expected);
        Assert.InRange(history.Epochs, 4, Most - 1);
        Assert.True(whole.LearningRate < 0.3f);
        for (var save = 0; save < history.Epochs * 4; save++)
        {
            using (var interrupted = new Trainer<Forecaster>(new Forecaster(seed: 3), options))
                Assert.Throws<Interruption>(() => interrupted.Fit(Training, Most, Validation, [.. Create(), new SaveAndBreak(File, save)]));

            using var trainer = new Trainer<Forecaster>(new Forecaster(seed: 99), options);
            trainer.Load(File);
            var callbacks = Create();
            var rest = trainer.Fit(Training, Most, Validation, [new ProgressBar(TextWriter.Null), .. callbacks]);
            Assert.Equal(FitData.WeightsOf(whole), FitData.WeightsOf(trainer));
            Assert.Equal(whole.LearningRate, trainer.LearningRate);
            var (found, original) = ((EarlyStopping)callbacks[0], (EarlyStopping)expected[0]);
            Assert.Equal((original.StoppedEpoch, original.BestEpoch, original.Best), (found.StoppedEpoch, found.BestEpoch, found.Best));
            Assert.Equal(history["learning_rate"].Skip(history.Epochs - rest.Epochs), rest["learning_rate"]);
        }

        static Callback[] Create() =>
        [
            new EarlyStopping(minDelta: 0.05, patience: 3, restoreBestWeights: true),
            new ReduceLROnPlateau("loss", patience: 1, cooldown: 1, minDelta: 0.05),
            new LearningRateScheduler((_, rate) => rate * 0.99),
        ];
    }

    [Fact]
    public void BackupIsRestoredByTheSameProgram()
    {
        var (weights, _) = FitWhole(FitData.Options);
        for (var save = 0; save < Epochs * 4; save++)
            foreach (var frequency in (int?[])[null, 2])
            {
                // The breaking callback comes before the backup, which therefore is older.
                Assert.Throws<Interruption>(() => Run(frequency, new SaveAndBreak(null, save)));
                if (save is > 3 and < 8)
                    Assert.Throws<Interruption>(() => Run(frequency, new SaveAndBreak(null, 2)));
                Assert.Equal(weights, Run(frequency));
                Assert.False(System.IO.File.Exists(File));
            }

        float[] Run(int? frequency, params Callback[] callbacks)
        {
            using var trainer = new Trainer<Forecaster>(new Forecaster(seed: 3), FitData.Options);
            trainer.Fit(Training, Epochs, Validation, [new BackupAndRestore(File, frequency), .. callbacks]);
            return FitData.WeightsOf(trainer);
        }
    }

    [Fact]
    public void BackupMayStay()
    {
        using var trainer = new Trainer<Forecaster>(new Forecaster(), FitData.Options);
        trainer.Fit(Training, 2, null, new BackupAndRestore(File, deleteCheckpoint: false));
        Assert.True(System.IO.File.Exists(File));
        using var again = new Trainer<Forecaster>(new Forecaster(seed: 9), FitData.Options);
        Assert.Equal(0, again.Fit(Training, 2, null, new BackupAndRestore(File, deleteCheckpoint: false)).Epochs);
        Assert.Equal(FitData.WeightsOf(trainer), FitData.WeightsOf(again));
    }

    [Fact]
    public void CancelledTrainingCanBeSaved()
    {
        var (weights, _) = FitWhole(FitData.Options);
        using var source = new CancellationTokenSource();
        using var trainer = new Trainer<Forecaster>(new Forecaster(seed: 3), FitData.Options);
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Training, Epochs, Validation, source.Token, new CancelAfter(source, batches: 8)));
        trainer.Save(File);
        using var other = new Trainer<Forecaster>(new Forecaster(), FitData.Options);
        other.Load(File);
        Assert.Equal(3, other.Fit(Training, Epochs, Validation).Epochs);
        Assert.Equal(weights, FitData.WeightsOf(other));
    }

    [Fact]
    public void FinishedTrainingIsGoneOnWithFromTheFirstEpoch()
    {
        using var trainer = new Trainer<Forecaster>(new Forecaster(), FitData.Options);
        trainer.Fit(Training, 2);
        trainer.StopTraining = true;
        trainer.Save(File);
        using var other = new Trainer<Forecaster>(new Forecaster(seed: 5), FitData.Options);
        Assert.Equal(3, other.Fit(Training, 3, null, new BackupAndRestore(File)).Epochs);
        trainer.Fit(Training, 3);
        Assert.Equal(FitData.WeightsOf(trainer), FitData.WeightsOf(other));
    }

    private static (float[] Weights, History History) FitWhole(TrainerOptions options, int thenFit = 0)
    {
        using var trainer = new Trainer<Forecaster>(new Forecaster(seed: 3), options);
        var history = trainer.Fit(Training, Epochs, Validation);
        return (thenFit > 0 ? FitMore(trainer) : FitData.WeightsOf(trainer), history);
    }

    private static float[] FitMore(Trainer<Forecaster> trainer)
    {
        trainer.Fit(Training, 1, Validation);
        return FitData.WeightsOf(trainer);
    }

    private sealed class Interruption : Exception;

    /// <summary>Saves at the end of a batch or an epoch, counted together, and breaks the training.</summary>
    private sealed class SaveAndBreak(string? path, int after) : Callback
    {
        private int _count;

        public override void OnBatchEnd(in BatchReport report) => Break();

        public override void OnEpochEnd(in EpochReport report) => Break();

        private void Break()
        {
            if (_count++ != after)
                return;
            if (path is not null)
                Trainer.Save(path);
            throw new Interruption();
        }
    }

    private sealed class CancelAfter(CancellationTokenSource source, int batches) : Callback
    {
        private int _count;

        public override void OnBatchEnd(in BatchReport report)
        {
            if (++_count == batches)
                source.Cancel();
        }
    }
}
