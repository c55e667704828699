using System.Globalization;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Callbacks;

/// <summary>Callbacks act on the training that they are told of.</summary>
public sealed class CallbackTests
{
    [Fact]
    public void StopEndsAfterTheEpoch()
    {
        using var trainer = CreateTrainer();
        var callback = new Actor { AtEpochEnd = (actor, report) => actor.Training.StopTraining = report.Epoch == 3 };
        var history = trainer.Fit(FitData.Create(10), 9, FitData.Create(3), callback);
        Assert.Equal((3, 3, 1), (history.Epochs, history.ValidationLoss.Count, callback.Ends));
        Assert.True(trainer.StopTraining);
        Assert.Equal(2, trainer.Fit(FitData.Create(10), 2).Epochs);
    }

    [Fact]
    public void StopInABatchEndsTheEpochThere()
    {
        using var trainer = CreateTrainer();
        var callback = new Actor { AtBatchEnd = (actor, report) => actor.Training.StopTraining = report is { Epoch: 2, Batch: 2 } };
        var history = trainer.Fit(FitData.Create(20), 9, FitData.Create(3), callback);
        Assert.Equal((2, 5 + 2, 2, 1), (history.Epochs, callback.Batches, callback.Epochs, callback.Ends));
    }

    [Fact]
    public void SchedulerSetsTheRateOfEachEpoch()
    {
        using var trainer = CreateTrainer();
        var epochs = new List<int>();
        var history = trainer.Fit(FitData.Create(4), 3, null, new LearningRateScheduler((epoch, rate) =>
        {
            epochs.Add(epoch);
            return epoch == 0 ? 0.5 : rate / 2;
        }));
        Assert.Equal([0, 1, 2], epochs);
        Assert.Equal([0.5f, 0.25f, 0.125f], history["learning_rate"]);
        Assert.Equal(["loss", "learning_rate"], history.Names);
    }

    [Fact]
    public void WeightsAreCopiedAndRestored()
    {
        using var trainer = CreateTrainer();
        var before = FitData.WeightsOf(trainer);
        trainer.Fit(FitData.Create(8));
        Assert.NotEqual(before, FitData.WeightsOf(trainer));
        trainer.CopyWeightsFrom(before);
        Assert.Equal(before, FitData.WeightsOf(trainer));
        Assert.Throws<ArgumentException>(() => trainer.CopyWeightsFrom(before.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => trainer.CopyWeightsTo(before.AsSpan(1)));
    }

    [Fact]
    public void ModelTakesTheWeightsOfAnother()
    {
        var (model, other) = (new Forecaster(seed: 1), new Forecaster(seed: 2));
        Assert.Equal(0, AllocatedBytes.Of(() => model.CopyWeightsFrom(other)));
        Assert.Equal(other.ToBytes(), model.ToBytes());
        other.Weights["dense.bias"][0] = 5;
        Assert.Equal(0, model.Weights["dense.bias"][0]);
    }

    [Fact]
    public void CallbackWithoutFitHasNoTrainer() => Assert.Throws<InvalidOperationException>(() => new Actor().Training);

    [Fact]
    public void CsvHasALineForEachEpoch()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var trainer = CreateTrainer();
            var history = trainer.Fit(FitData.Create(8), 2, FitData.Create(3), new CsvLogger(path));
            string[] lines = ["epoch,loss,val_loss", LineOf(0), LineOf(1)];
            Assert.Equal(lines, File.ReadAllLines(path));

            history = trainer.Fit(FitData.Create(8), 1, FitData.Create(3), new CsvLogger(path, append: true));
            Assert.Equal([.. lines, LineOf(0)], File.ReadAllLines(path));

            trainer.Fit(FitData.Create(8), 1, null, new CsvLogger(path, separator: ";"));
            Assert.Equal("epoch;loss", File.ReadAllLines(path)[0]);

            string LineOf(int epoch) =>
                string.Create(CultureInfo.InvariantCulture, $"{epoch},{history.Loss[epoch]},{history.ValidationLoss[epoch]}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void TerminateOnNaNEndsAfterTheBatch(float weight)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        using var trainer = CreateTrainer();
        var callback = new Actor { AtBatchEnd = (actor, report) => Break(actor.Training, weight, report is { Epoch: 2, Batch: 3 }) };
        var history = trainer.Fit(FitData.Create(20), 9, null, callback, new TerminateOnNaN(writer));
        Assert.Equal((2, 5 + 4), (history.Epochs, callback.Batches));
        Assert.StartsWith("Epoch 2, batch 4: the loss is ", writer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void LossThatIsNotFiniteStopsBeforeItsStep(float weight)
    {
        using var trainer = CreateTrainer(FitData.Options with { RequireFiniteLoss = true, Optimizer = Optimizer.Adam() });
        float[] broken = [];
        var callback = new Actor
        {
            AtBatchEnd = (actor, report) =>
            {
                Break(actor.Training, weight, report is { Epoch: 2, Batch: 3 });
                broken = FitData.WeightsOf(actor.Training);
            },
        };
        var exception = Assert.Throws<NotFiniteNumberException>(() => trainer.Fit(FitData.Create(20), 9, null, callback));
        Assert.StartsWith("The loss of batch 4 of epoch 2 is ", exception.Message, StringComparison.Ordinal);
        Assert.False(double.IsFinite(exception.OffendingNumber));
        Assert.Equal(broken, FitData.WeightsOf(trainer));
        Assert.Contains(
            "batch 9 ",
            Assert.Throws<NotFiniteNumberException>(() => trainer.TrainBatch(new float[10], [1])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void CancelledFitHasWholeSteps()
    {
        using var source = new CancellationTokenSource();
        using var trainer = CreateTrainer();
        var callback = new Actor
        {
            AtBatchEnd = (_, report) =>
            {
                if (report is { Epoch: 2, Batch: 3 })
                    source.Cancel();
            },
        };
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(FitData.Create(20), 9, FitData.Create(3), source.Token, callback));
        Assert.Equal((5 + 3, 1, 0), (callback.Batches, callback.Epochs, callback.Ends));
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(FitData.Create(20), 1, null, source.Token));
    }

    [Fact]
    public void CancellationEndsTheValidationToo()
    {
        using var source = new CancellationTokenSource();
        using var trainer = CreateTrainer();
        var callback = new Actor
        {
            AtBatchEnd = (_, report) =>
            {
                if (report.Batch == report.Batches)
                    source.Cancel();
            },
        };
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(FitData.Create(20), 9, FitData.Create(3), source.Token, callback));
        Assert.Equal((5, 0), (callback.Batches, callback.Epochs));
    }

    [Fact]
    public void NothingIsAllocatedInEpochs()
    {
        using var trainer = CreateTrainer();
        var (training, validation) = (FitData.Create(20), FitData.Create(3));
        Callback[] callbacks =
        [
            new EarlyStopping(patience: 100, restoreBestWeights: true), new ReduceLROnPlateau(), new LearningRateScheduler((_, rate) => rate),
            new TerminateOnNaN(), new ModelCheckpoint("none-{epoch}", everyEpochs: 1000),
        ];
        trainer.Fit(training, 2, validation, callbacks);
        Assert.Equal(Measure(2) + (3 * 18 * sizeof(float)), Measure(20));

        long Measure(int epochs) => AllocatedBytes.Of(() => trainer.Fit(training, epochs, validation, callbacks));
    }

    private static Trainer<Forecaster> CreateTrainer(TrainerOptions? options = null) => new(new Forecaster(), options ?? FitData.Options);

    private static void Break(ITrainer trainer, float weight, bool isTime)
    {
        if (!isTime)
            return;
        var weights = FitData.WeightsOf(trainer);
        weights.AsSpan().Fill(weight);
        trainer.CopyWeightsFrom(weights);
    }

    private sealed class Actor : Callback
    {
        public Action<Actor, BatchReport>? AtBatchEnd { get; init; }

        public Action<Actor, EpochReport>? AtEpochEnd { get; init; }

        public int Batches { get; private set; }

        public int Epochs { get; private set; }

        public int Ends { get; private set; }

        public ITrainer Training => Trainer;

        public override void OnBatchEnd(in BatchReport report)
        {
            Batches++;
            AtBatchEnd?.Invoke(this, report);
        }

        public override void OnEpochEnd(in EpochReport report)
        {
            Epochs++;
            AtEpochEnd?.Invoke(this, report);
        }

        public override void OnTrainEnd(History history) => Ends++;
    }
}
