using NanoRnn.Tests.Shared;

namespace NanoRnn.Tests.Runtime;

public class TrainerTests
{
    private static readonly TrainerOptions Options = new()
    {
        BatchSize = 4, TimeSteps = 3, Optimizer = Optimizer.Sgd(0.1f), Seed = 5,
    };

    [Fact]
    public void BatchStepIsGradientDescentOnTheMeanLoss()
    {
        var model = FakeModel<Regression>.Create();
        var (w0, w1, b) = (model.Weights[0][0], model.Weights[0][1], model.Weights[1][0]);
        var trainer = new Trainer<FakeModel<Regression>>(model, Options);
        float[] inputs = [9, 9, 9, 9, 1, 2, 9, 9, 9, 9, -1, 0.5f];
        float[] targets = [3, -1];
        var e0 = w0 + 2 * w1 + b - 3;
        var e1 = -w0 + 0.5f * w1 + b + 1;

        var loss = trainer.TrainBatch(inputs, targets);

        Assert.Equal((e0 * e0 + e1 * e1) / 2, loss, 1e-5f);
        Assert.Equal(w0 - 0.1f * (e0 - e1), model.Weights[0][0], 1e-5f);
        Assert.Equal(w1 - 0.1f * (2 * e0 + 0.5f * e1), model.Weights[0][1], 1e-5f);
        Assert.Equal(b - 0.1f * (e0 + e1), model.Weights[1][0], 1e-5f);
    }

    [Fact]
    public void FitFindsALine()
    {
        var model = FakeModel<Regression>.Create();
        var trainer = new Trainer<FakeModel<Regression>>(model, Options);
        var history = trainer.Fit(CreateLine(50), epochs: 60, validation: CreateLine(7));
        Assert.Equal(60, history.Epochs);
        Assert.Equal(60, history.ValidationLoss.Count);
        Assert.InRange(history.Loss[^1], 0, 1e-6f);
        Assert.InRange(history.ValidationLoss[^1], 0, 1e-6f);
        Assert.Equal(2, model.Weights["dense.kernel"][0, 0], 1e-2f);
        Assert.Equal(-1, model.Weights["dense.kernel"][1, 0], 1e-2f);
        Assert.Equal(0.5f, model.Weights["dense.bias"][0], 1e-2f);
        for (var lane = 1; lane < 4; lane++)
            Assert.Equal(0, model.PackedWeights.Span[lane]);
    }

    [Fact]
    public void EpochLossAndEvaluationWeighTheSmallerLastBatchBySamples()
    {
        var dataset = CreateLine(10);
        var options = Options with { Optimizer = Optimizer.Sgd(0), Shuffle = false };
        var trainer = new Trainer<FakeModel<Regression>>(FakeModel<Regression>.Create(), options);
        var whole = new Trainer<FakeModel<Regression>>(FakeModel<Regression>.Create(), options with { BatchSize = 10 });
        var expected = whole.Evaluate(dataset);
        Assert.Equal(expected, trainer.Evaluate(dataset), 1e-6f);
        Assert.Equal(expected, trainer.Fit(dataset).Loss[0], 1e-6f);
    }

    [Fact]
    public void FitsInARowEqualOneFit()
    {
        var dataset = CreateLine(11);
        var (once, twice) = (FakeModel<Regression>.Create(), FakeModel<Regression>.Create());
        new Trainer<FakeModel<Regression>>(once, Options).Fit(dataset, epochs: 2);
        var trainer = new Trainer<FakeModel<Regression>>(twice, Options);
        trainer.Fit(dataset);
        trainer.Fit(dataset);
        Assert.Equal(once.PackedWeights.Span, twice.PackedWeights.Span);
    }

    [Fact]
    public void SeedAndShuffleDecideTheOrder()
    {
        var first = Train(Options);
        Assert.Equal(first, Train(Options));
        Assert.NotEqual(first, Train(Options with { Seed = 6 }));
        Assert.Equal(Train(Options with { Shuffle = false }), Train(Options with { Shuffle = false, Seed = 6 }));

        static float[] Train(TrainerOptions options)
        {
            var model = FakeModel<Regression>.Create();
            new Trainer<FakeModel<Regression>>(model, options).Fit(CreateLine(11), epochs: 2);
            return model.PackedWeights.Span.ToArray();
        }
    }

    [Fact]
    public void SequenceOfClassesIsLearned()
    {
        var random = new RandomGenerator(1);
        var inputs = new float[60];
        var targets = new float[60];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = random.NextUniform(-3, 3);
            targets[i] = inputs[i] < -1 ? 0 : inputs[i] < 1 ? 1 : 2;
        }

        var model = FakeModel<Tagger>.Create();
        var trainer = new Trainer<FakeModel<Tagger>>(
            model, Options with { Loss = Loss.SparseCategoricalCrossentropy, Optimizer = Optimizer.Adam(0.1f) });
        var dataset = new SequenceDataset(inputs, targets, 3, 1, 3);
        trainer.Fit(dataset, epochs: 300);
        var outputs = model.Predict(inputs, 3);
        Assert.InRange(trainer.Evaluate(dataset), 0, 0.4f);
        Assert.Equal(Loss.SparseCategoricalCrossentropy.Compute(outputs, targets, 3), trainer.Evaluate(dataset), 1e-6f);
    }

    [Fact]
    public void FusedGradientIsTheGradientThroughTheActivation()
    {
        float[] inputs = [0, 0, 0, 0, 0.5f, -0.25f, 0, 0, 0, 0, 1, 1];
        float[] targets = [1, 0];
        const float Step = 1e-2f;
        var model = FakeModel<Binary>.Create();
        var before = model.Weights[0].ToArray();
        var options = Options with { Loss = Loss.BinaryCrossentropy, Optimizer = Optimizer.Sgd(1) };
        new Trainer<FakeModel<Binary>>(model, options).TrainBatch(inputs, targets);
        for (var i = 0; i < before.Length; i++)
        {
            var quotient = (LossAt(i, Step) - LossAt(i, -Step)) / (2 * Step);
            Assert.Equal(quotient, before[i] - model.Weights[0][i], 1e-4f);
        }

        float LossAt(int index, float change)
        {
            var other = FakeModel<Binary>.Create();
            other.Weights[0][index] += change;
            return new Trainer<FakeModel<Binary>>(other, options).TrainBatch(inputs, targets);
        }
    }

    [Fact]
    public void WeightsMayBeChangedBetweenBatches()
    {
        var model = FakeModel<Regression>.Create();
        var trainer = new Trainer<FakeModel<Regression>>(model, Options with { Optimizer = Optimizer.Sgd(0) });
        trainer.TrainBatch(new float[6], [1]);
        model.Weights["dense.bias"].CopyFrom([3]);
        Assert.Equal(4, trainer.TrainBatch(new float[6], [1]));
    }

    [Fact]
    public void LearningRateCanBeChanged()
    {
        var model = FakeModel<Regression>.Create();
        var trainer = new Trainer<FakeModel<Regression>>(model, Options);
        Assert.Equal(0.1f, trainer.LearningRate);
        trainer.LearningRate = 0;
        var before = model.PackedWeights.Span.ToArray();
        trainer.TrainBatch(new float[6], [1]);
        Assert.Equal(before, model.PackedWeights.Span);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.LearningRate = float.NaN);
    }

    [Fact]
    public void NothingIsAllocatedInSteps()
    {
        var dataset = CreateLine(50);
        var options = Options with { Optimizer = Optimizer.Adam() with { GlobalClipNorm = 1 } };
        var trainer = new Trainer<FakeModel<Regression>>(FakeModel<Regression>.Create(), options);
        var inputs = new float[4 * 6];
        var targets = new float[4];
        var progress = new ProgressBar(TextWriter.Null, isLive: true);
        trainer.TrainBatch(inputs, targets);
        trainer.Fit(dataset, 2, dataset, progress);
        trainer.Evaluate(dataset);

        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            trainer.TrainBatch(inputs, targets);
            trainer.Evaluate(dataset);
        }));

        // The same bytes for any number of epochs, but for the history's floats.
        Assert.Equal(Measure(2) + 2 * 18 * sizeof(float), Measure(20));

        long Measure(int epochs) => AllocatedBytes.Of(() => trainer.Fit(dataset, epochs, dataset, progress));
    }

    [Fact]
    public void CallbacksAreTold()
    {
        var log = new Log();
        new Trainer<FakeModel<Regression>>(FakeModel<Regression>.Create(), Options).Fit(CreateLine(5), 2, CreateLine(2), log);
        Assert.Equal(
            ["begin 2 2 5", "epoch 1", "batch 1/2 1/2", "batch 1/2 2/2", "end 1/2 True", "epoch 2", "batch 2/2 1/2", "batch 2/2 2/2",
                "end 2/2 True", "done 2"],
            log.Lines);
    }

    [Fact]
    public void LossThatIsNotANumberIsReported()
    {
        var trainer = new Trainer<FakeModel<Regression>>(FakeModel<Regression>.Create(), Options);
        Assert.True(float.IsNaN(trainer.TrainBatch(new float[6], [float.NaN])));
        var history = trainer.Fit(CreateLine(5), 2, CreateLine(2));
        Assert.All(history.Loss, loss => Assert.True(float.IsNaN(loss)));
        Assert.All(history.ValidationLoss, loss => Assert.True(float.IsNaN(loss)));
    }

    [Fact]
    public void WrongPairingsAreRefused()
    {
        Assert.Contains("at least two classes", Refuse<Regression>(Loss.SparseCategoricalCrossentropy), StringComparison.Ordinal);
        Assert.Contains("at least two classes", Refuse<Binary>(Loss.CategoricalCrossentropy), StringComparison.Ordinal);
        Assert.Contains("Tanh", Refuse<Bounded>(Loss.CategoricalCrossentropy), StringComparison.Ordinal);
        Assert.Contains("Tanh", Refuse<Bounded>(Loss.BinaryCrossentropy), StringComparison.Ordinal);

        static string Refuse<TConfiguration>(Loss loss)
            where TConfiguration : IFakeConfiguration => Assert.Throws<ArgumentException>(
                () => new Trainer<FakeModel<TConfiguration>>(FakeModel<TConfiguration>.Create(), Options with { Loss = loss })).Message;
    }

    [Fact]
    public void OptionsAndLengthsAreChecked()
    {
        var model = FakeModel<Regression>.Create();
        Assert.Throws<ArgumentException>(() => new Trainer<FakeModel<Regression>>(model, new TrainerOptions()));
        Assert.Throws<ArgumentException>(() => new Trainer<FakeModel<Regression>>(
            model, new TrainerOptions { TimeSteps = int.MaxValue, BatchSize = int.MaxValue }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainerOptions { TimeSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainerOptions { BatchSize = 0 });
        var trainer = new Trainer<FakeModel<Regression>>(model, Options);
        Assert.Contains(
            "expected 1 to 4 sequences of 6",
            Assert.Throws<ArgumentException>(() => trainer.TrainBatch(new float[7], [1])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(Array.Empty<float>(), Array.Empty<float>()));
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(new float[30], new float[5]));
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(new float[12], [1]));
        Assert.Throws<ArgumentException>(() => trainer.Fit(CreateLine(5).Take(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(CreateLine(5), epochs: 0));
        Assert.Contains(
            "Expected 3 time steps, the dataset has 2",
            Assert.Throws<ArgumentException>(() => trainer.Evaluate(new SequenceDataset(new float[4], new float[1], 2, 2, 1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void BadClassIndexChangesNothing()
    {
        var model = FakeModel<Tagger>.Create();
        var trainer = new Trainer<FakeModel<Tagger>>(model, Options with { Loss = Loss.SparseCategoricalCrossentropy });
        var before = model.PackedWeights.Span.ToArray();
        Assert.Throws<ArgumentException>(() => trainer.TrainBatch(new float[3], [0, 1, 3]));
        Assert.Equal(before, model.PackedWeights.Span);
    }

    /// <summary>Targets 2a − b + 0.5 of the last time step (a, b).</summary>
    private static SequenceDataset CreateLine(int count)
    {
        var random = new RandomGenerator(3);
        var inputs = new float[count * 6];
        foreach (ref var input in inputs.AsSpan())
            input = random.NextUniform(-1, 1);
        var targets = new float[count];
        for (var i = 0; i < count; i++)
            targets[i] = 2 * inputs[i * 6 + 4] - inputs[i * 6 + 5] + 0.5f;
        return new SequenceDataset(inputs, targets, 3, 2, 1);
    }

    private sealed class Log : Callback
    {
        public List<string> Lines { get; } = [];

        public override void OnTrainBegin(in TrainingReport report) =>
            Lines.Add($"begin {report.Epochs} {report.Batches} {report.Samples}");

        public override void OnEpochBegin(int epoch) => Lines.Add($"epoch {epoch}");

        public override void OnBatchEnd(in BatchReport report) =>
            Lines.Add($"batch {report.Epoch}/{report.Epochs} {report.Batch}/{report.Batches}");

        public override void OnEpochEnd(in EpochReport report) =>
            Lines.Add($"end {report.Epoch}/{report.Epochs} {report.ValidationLoss > 0}");

        public override void OnTrainEnd(History history) => Lines.Add($"done {history.Epochs}");
    }
}
