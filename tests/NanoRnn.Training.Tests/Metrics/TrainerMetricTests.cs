using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Metrics;

/// <summary>A trainer's metrics are those of its model's outputs: in training, in validation and in evaluations.</summary>
public sealed class TrainerMetricTests
{
    private const int TimeSteps = 5;
    private const int Samples = 23;

    private static readonly TrainerOptions TaggerOptions = new()
    {
        Loss = Loss.SparseCategoricalCrossentropy,
        Metrics = [Metric.Accuracy, Metric.F1Score(), Metric.Auc(), Metric.Perplexity, Metric.SparseTopKCategoricalAccuracy(2)],
        TimeSteps = TimeSteps,
        BatchSize = 4,
        Seed = 3,
    };

    [Fact]
    public void EvaluateHasTheMetricsOfThePredictions()
    {
        var model = new Tagger(seed: 2);
        using var trainer = new Trainer<Tagger>(model, TaggerOptions);
        var (dataset, data) = CreateTags(model);

        var loss = trainer.Evaluate(dataset, out var metrics);

        Assert.Equal(["loss", "accuracy", "f1_score", "auc", "perplexity", "sparse_top_k_categorical_accuracy"], metrics.Select(metric => metric.Key));
        Assert.Equal(loss, metrics["loss"]);
        Assert.Equal(KerasMetrics.CategoricalAccuracy(data.Outputs, data.Targets, data.Weights), metrics["accuracy"], 1e-6);
        Assert.Equal(KerasMetrics.F1Score(data.Outputs, data.Targets, data.Weights, F1Average.Macro, null), metrics["f1_score"], 1e-6);
        Assert.Equal(KerasMetrics.Auc(data.Outputs, data.Targets, data.Weights, AucCurve.Roc, 200), metrics["auc"], 1e-6);
        Assert.Equal(KerasMetrics.Perplexity(data.Outputs, data.Targets, data.Weights), metrics["perplexity"], 1e-5);
        Assert.Equal(
            KerasMetrics.TopKCategoricalAccuracy(data.Outputs, data.Targets, data.Weights, 2), metrics["sparse_top_k_categorical_accuracy"], 1e-6);
        Assert.Contains(
            "There are loss, accuracy, ", Assert.Throws<KeyNotFoundException>(() => metrics["acc"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EpochThatChangesNothingHasTheMetricsOfTheEvaluation()
    {
        var model = new Tagger(seed: 2);
        using var trainer = new Trainer<Tagger>(model, TaggerOptions with { Optimizer = Optimizer.Sgd(0) });
        var (dataset, _) = CreateTags(model);

        var history = trainer.Fit(dataset, 2, dataset);

        trainer.Evaluate(dataset, out var expected);
        Assert.Equal([.. expected.Select(metric => metric.Key), .. expected.Select(metric => "val_" + metric.Key)], history.Names);
        Assert.Same(history["loss"], history.Loss);
        Assert.Same(history["val_loss"], history.ValidationLoss);
        foreach (var (name, value) in expected)
        {
            Assert.Equal([value, value], history["val_" + name]);

            // An epoch's loss is the mean over sequences, of its batches; an evaluation's is that over steps.
            foreach (var found in name == "loss" ? [] : history[name])
                Assert.Equal(value, found, 1e-5 * Math.Abs(value));
        }

        Assert.Contains(
            "There are loss, accuracy, ", Assert.Throws<KeyNotFoundException>(() => history["none"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BatchesAndEpochsAreReported()
    {
        var log = new Log();
        using var trainer = new Trainer<Detector>(new Detector(), new TrainerOptions
        {
            TimeSteps = TimeSteps, Loss = Loss.BinaryCrossentropy, Metrics = [Metric.Accuracy, Metric.Recall()], BatchSize = 8,
        });
        var dataset = CreateDetection();
        var history = trainer.Fit(dataset, 2, dataset, log);

        Assert.Equal(["loss", "accuracy", "recall", "val_loss", "val_accuracy", "val_recall"], log.Names);
        Assert.Equal(history["accuracy"], log.Epochs.Select(values => values[1]));
        Assert.Equal(history["val_recall"], log.Epochs.Select(values => values[5]));
        Assert.Equal(log.Epochs.Select(values => values[..3]), log.Batches.Where((_, i) => i % 3 == 2).Select(values => values[..3]));
        Assert.All(log.Batches.Take(3), values => Assert.True(float.IsNaN(values[4])));
    }

    [Fact]
    public void OwnLoopHasThemToo()
    {
        var model = new Detector();
        using var trainer = new Trainer<Detector>(model, new TrainerOptions
        {
            TimeSteps = TimeSteps, Loss = Loss.BinaryCrossentropy, Optimizer = Optimizer.Sgd(0), Metrics = [Metric.Accuracy],
        });
        var inputs = new float[4 * TimeSteps * 2];
        var output = new float[1];
        model.Predict(inputs.AsSpan(0, TimeSteps * 2), output);
        float right = output[0] > 0.5f ? 1 : 0;

        var loss = trainer.TrainBatch(inputs, [right, right, right, 1 - right]);
        Assert.Equal((loss, 0.75f), (trainer.Metrics["loss"], trainer.Metrics["accuracy"]));
        trainer.TrainBatch(inputs, [right, right, right, right]);
        Assert.Equal(0.875f, trainer.Metrics["accuracy"]);
        trainer.ResetMetrics();
        trainer.TrainBatch(inputs, [right, right, right, right]);
        Assert.Equal(1, trainer.Metrics["accuracy"]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void ThreadsChangeNoBit(int threads)
    {
        var (expected, found) = (Run(1), Run(threads));
        foreach (var name in expected.Names)
            Assert.Equal(expected[name].Select(BitConverter.SingleToInt32Bits), found[name].Select(BitConverter.SingleToInt32Bits));

        static History Run(int threads)
        {
            var model = new Tagger(seed: 2);
            var (dataset, _) = CreateTags(model);
            using var trainer = new Trainer<Tagger>(model, TaggerOptions with { Threads = threads, BatchSize = 16 });
            return trainer.Fit(dataset, 3, dataset);
        }
    }

    [Fact]
    public void NothingIsAllocated()
    {
        var model = new Tagger(seed: 2);
        var (dataset, _) = CreateTags(model);
        var progress = new ProgressBar(TextWriter.Null, isLive: true);
        using var trainer = new Trainer<Tagger>(model, TaggerOptions);
        trainer.Fit(dataset, 2, dataset, progress);
        Assert.Equal(0, AllocatedBytes.Of(() => trainer.Evaluate(dataset, out _)));
        Assert.Equal(Measure(2) + (2 * 6 * 18 * sizeof(float)), Measure(20));

        long Measure(int epochs) => AllocatedBytes.Of(() => trainer.Fit(dataset, epochs, dataset, progress));
    }

    [Fact]
    public void ProgressBarPrintsThem()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        using var trainer = new Trainer<Detector>(new Detector(), new TrainerOptions { TimeSteps = TimeSteps, Loss = Loss.BinaryCrossentropy, Metrics = [Metric.Accuracy] });
        var dataset = CreateDetection();
        var history = trainer.Fit(dataset, 1, dataset, new ProgressBar(writer));
        Assert.EndsWith(
            FormattableString.Invariant(
                $" - loss: {history.Loss[0]:F4} - accuracy: {history["accuracy"][0]:F4} - val_loss: {history.ValidationLoss[0]:F4} - val_accuracy: {history["val_accuracy"][0]:F4}\n"),
            writer.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ManyMetricsHaveRoomInTheProgressBar()
    {
        using var writer = new StringWriter();
        Metric[] metrics = [.. Enumerable.Range(0, 30).Select(i => Metric.BinaryAccuracy(name: $"{new string('x', 40)}{i}"))];
        using var trainer = new Trainer<Detector>(new Detector(), new TrainerOptions { TimeSteps = TimeSteps, Loss = Loss.BinaryCrossentropy, Metrics = [.. metrics] });
        trainer.Fit(CreateDetection(), 1, CreateDetection(), new ProgressBar(writer));
        Assert.All(metrics, metric => Assert.Contains(metric.Name, writer.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void WrongMetricsAreRefused()
    {
        Refused<Detector>(Loss.BinaryCrossentropy, "Metric sparse_categorical_accuracy needs an output for each of two or more classes, found 1", Metric.SparseCategoricalAccuracy);
        Refused<Classifier>(Loss.CategoricalCrossentropy, "use CategoricalAccuracy", Metric.SparseCategoricalAccuracy);
        Refused<Classifier>(Loss.SparseCategoricalCrossentropy, "use SparseCategoricalAccuracy", Metric.CategoricalAccuracy);
        Refused<Classifier>(Loss.SparseCategoricalCrossentropy, "use SparseTopKCategoricalAccuracy", Metric.TopKCategoricalAccuracy());
        Refused<Classifier>(Loss.SparseCategoricalCrossentropy, "found indices of classes", Metric.MeanAbsoluteError);
        Refused<Classifier>(Loss.CategoricalCrossentropy, "looks at output 3, there are outputs 0 to 2", Metric.Precision(classId: 3));
        Refused<Classifier>(Loss.CategoricalCrossentropy, "looks at 4 of the largest outputs, there are 3", Metric.Recall(topK: 4));
        Refused<Forecaster>(Loss.MeanSquaredError, "needs outputs from 0 to 1", Metric.Auc());
        Refused<Forecaster>(Loss.MeanSquaredError, "Two metrics have the name r2_score", Metric.R2Score, Metric.R2Score);
        Refused<Detector>(Loss.BinaryCrossentropy, "Metric val_x has a name", Metric.BinaryAccuracy(name: "val_x"));
        Refused<Detector>(Loss.BinaryCrossentropy, "Metric loss has a name", Metric.BinaryAccuracy(name: "loss"));
        Assert.Throws<ArgumentNullException>(() => new TrainerOptions { Metrics = [null!] });

        static void Refused<TModel>(Loss loss, string message, params Metric[] metrics)
            where TModel : class, CompilerServices.IRnnModel<TModel> => Assert.Contains(
                message,
                Assert.Throws<ArgumentException>(() => new TrainerOptions { TimeSteps = TimeSteps, Loss = loss, Metrics = [.. metrics] }.GetMemoryBytes<TModel>()).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public void OneOfYourOwn()
    {
        using var trainer = new Trainer<Detector>(new Detector(), new TrainerOptions
        {
            TimeSteps = TimeSteps, Loss = Loss.BinaryCrossentropy, Optimizer = Optimizer.Sgd(0), Metrics = [new Bias(), new Highest()],
        });
        var dataset = CreateDetection();
        var outputs = new float[Samples];
        for (var i = 0; i < Samples; i++)
            trainer.Model.Predict(dataset.GetInput(i), outputs.AsSpan(i, 1));
        trainer.Evaluate(dataset, out var metrics);
        Assert.Equal(outputs.Select((y, i) => y - dataset.GetTarget(i)[0]).Average(), metrics["bias"], 1e-6);
        Assert.Equal(outputs.Max(), metrics["highest"]);
    }

    [Fact]
    public void ConfusionMatrixCounts()
    {
        var model = new Tagger(seed: 2);
        using var trainer = new Trainer<Tagger>(model, TaggerOptions);
        var (dataset, data) = CreateTags(model);
        var matrix = trainer.GetConfusionMatrix(dataset);

        var expected = new double[4, 4];
        for (var i = 0; i < data.Outputs.Length; i++)
            expected[KerasMetrics.ArgMax(data.Targets[i]), KerasMetrics.ArgMax(data.Outputs[i])]++;
        Assert.Equal(4, matrix.Classes);
        for (var actual = 0; actual < 4; actual++)
            for (var predicted = 0; predicted < 4; predicted++)
                Assert.Equal(expected[actual, predicted], matrix[actual, predicted]);
        var lines = matrix.ToString().Split('\n');
        Assert.Equal(["0", "1", "2", "3"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["2", .. Enumerable.Range(0, 4).Select(i => $"{expected[2, i]}")], lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[4, 0]);
    }

    [Fact]
    public void ConfusionMatrixOfOneOutputHasTwoClasses()
    {
        using var trainer = new Trainer<Detector>(new Detector(seed: 1), new TrainerOptions { TimeSteps = TimeSteps, Loss = Loss.BinaryCrossentropy });
        var dataset = CreateDetection();
        var (all, positive) = (trainer.GetConfusionMatrix(dataset, threshold: -1), Enumerable.Range(0, Samples).Count(i => dataset.GetTarget(i)[0] == 1));
        Assert.Equal((0, positive, 0, Samples - positive), (all[1, 0], all[1, 1], all[0, 0], all[0, 1]));
    }

    /// <summary>Sequences of different lengths, of which the steps behind the end do not count, with the predictions of the model.</summary>
    private static (SequenceDataset Dataset, MetricData Data) CreateTags(Tagger model)
    {
        var random = new Random(5);
        var inputs = new float[Samples * TimeSteps * 2];
        var tags = new int[Samples * TimeSteps];
        int[] lengths = [.. Enumerable.Range(0, Samples).Select(_ => random.Next(1, TimeSteps + 1))];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = random.Next(4);
            inputs[2 * i] = tags[i] + random.NextSingle();
            inputs[(2 * i) + 1] = random.NextSingle();
        }

        var (outputs, targets) = (new List<double[]>(), new List<double[]>());
        var output = new float[TimeSteps * 4];
        for (var sample = 0; sample < Samples; sample++)
        {
            model.Predict(inputs.AsSpan(sample * TimeSteps * 2, lengths[sample] * 2), output.AsSpan(0, lengths[sample] * 4));
            for (var step = 0; step < lengths[sample]; step++)
            {
                outputs.Add([.. output[(step * 4)..((step + 1) * 4)]]);
                targets.Add([.. Enumerable.Range(0, 4).Select(i => i == tags[(sample * TimeSteps) + step] ? 1.0 : 0)]);
            }
        }

        return (
            new SequenceDataset(inputs, tags, TimeSteps, 2, TimeSteps, lengths),
            new MetricData([.. outputs], [.. targets], [.. outputs.Select(_ => 1.0)], HasWeights: false));
    }

    private static SequenceDataset CreateDetection()
    {
        var random = new Random(6);
        var (inputs, targets) = (new float[Samples * TimeSteps * 2], new float[Samples]);
        for (var i = 0; i < Samples; i++)
        {
            targets[i] = random.Next(2);
            foreach (ref var input in inputs.AsSpan(i * TimeSteps * 2, TimeSteps * 2))
                input = random.NextSingle() + targets[i];
        }

        return new SequenceDataset(inputs, targets, TimeSteps, 2, 1);
    }

    private sealed class Bias() : MeanMetric("bias")
    {
        protected internal override double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => output[0] - target[0];
    }

    private sealed class Highest() : Metric("highest", MonitorMode.Max)
    {
        protected internal override MetricState CreateState(MetricContext context) => new State();

        private sealed class State() : MetricState(sums: 1)
        {
            public override double Result => Sums[0];

            public override void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
            {
                foreach (var output in outputs)
                    Sums[0] = Math.Max(Sums[0], output);
            }
        }
    }

    private sealed class Log : Callback
    {
        public string[] Names { get; private set; } = [];

        public List<float[]> Batches { get; } = [];

        public List<float[]> Epochs { get; } = [];

        public override void OnTrainBegin(in TrainingReport report) => Names = [.. report.Metrics.Select(metric => metric.Key)];

        public override void OnBatchEnd(in BatchReport report) => Batches.Add([.. report.Metrics.Select(metric => metric.Value)]);

        public override void OnEpochEnd(in EpochReport report) => Epochs.Add([.. report.Metrics.Select(metric => metric.Value)]);
    }
}
