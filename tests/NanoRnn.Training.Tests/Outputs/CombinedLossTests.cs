using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Outputs;

/// <summary>A loss for each output, by the losses' formulas in double precision and by differences.</summary>
public sealed class CombinedLossTests
{
    private const int Rows = 5;
    private const int Steps = 4;
    private const int TargetSize = 4;

    private static readonly Loss Combined = Loss.Combined(
        ("gains", Loss.MeanSquaredError, 10), ("vad", Loss.BinaryCrossentropy, 0.5), ("word", Loss.SparseCategoricalCrossentropy, 2));

    [Fact]
    public void RangesAreThoseOfTheOutputs()
    {
        Assert.Equal(6, Denoiser.OutputSize);
        Assert.Equal((0..3, 3..5, 5..6), (Denoiser.Outputs.Word, Denoiser.Outputs.Gains, Denoiser.Outputs.Vad));
    }

    [Fact]
    public void ALayerMayBeCalledOutput()
    {
        Assert.Equal(["(None, None, 3)", "(None, None, 2)"], Named.Summary.Layers.Select(layer => layer.OutputShape));
        Assert.Equal((0..3, 3..5), (Named.Outputs.Output, Named.Outputs.Other));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsTheWeightedSumOfTheMeans(bool hasWeights)
    {
        var model = new Denoiser(3);
        using var trainer = Create(model);
        var (inputs, targets) = CreateData(7);
        var weights = hasWeights ? (float[])[0.5f, 2, 0, 1, 3] : [1, 1, 1, 1, 1];
        var (gains, vad, word) = Means(model, inputs, targets, weights);
        var dataset = new SequenceDataset(inputs, targets, Steps, 3, Steps * TargetSize);
        var loss = trainer.Evaluate(hasWeights ? dataset.WithSampleWeight(weights) : dataset, out var metrics);
        Assert.Equal(10 * gains + 0.5 * vad + 2 * word, loss, 1e-5);
        Assert.Equal((gains, vad, word), (metrics["gains_loss"], metrics["vad_loss"], metrics["word_loss"]), Near);
    }

    [Fact]
    public void GradientIsTheDifferenceQuotient()
    {
        const float Step = 1e-2f;
        var (inputs, targets) = CreateData(11);

        // The step of plain descent with rate one is the gradient.
        var model = new Denoiser(5);
        var weights = Weights(model);
        using (var trainer = Create(model, Optimizer.Sgd(1)))
            trainer.TrainBatch(inputs, targets);
        var after = Weights(model);
        foreach (var (name, values) in weights)
            for (var i = 0; i < values.Length; i += 1 + values.Length / 7)
            {
                var quotient = (LossWith(name, i, Step) - LossWith(name, i, -Step)) / (2 * Step);
                Assert.Equal(quotient, values[i] - after[name][i], 2e-3 * Math.Max(1, Math.Abs(quotient)));
            }

        double LossWith(string name, int index, float change)
        {
            var other = new Denoiser(5);
            var tensor = other.Weights[name].ToArray();
            tensor[index] += change;
            other.Weights[name].CopyFrom(tensor);
            var (gains, vad, word) = Means(other, inputs, targets, [1, 1, 1, 1, 1]);
            return 10 * gains + 0.5 * vad + 2 * word;
        }
    }

    [Fact]
    public void HistoryHasEachLoss()
    {
        var (inputs, targets) = CreateData(13);
        using var trainer = Create(new Denoiser(1), Optimizer.Adam(0.05), Metric.OfOutput("word", Metric.Accuracy), Metric.OfOutput("vad", Metric.Accuracy));
        var data = new SequenceDataset(inputs, targets, Steps, 3, Steps * TargetSize);
        var history = trainer.Fit(data, epochs: 120, validation: data);
        Assert.Equal(["loss", "word_loss", "gains_loss", "vad_loss", "word_accuracy", "vad_accuracy"], history.Names.Take(6));
        Assert.Contains("val_gains_loss", history.Names);
        foreach (var name in (string[])["loss", "gains_loss", "vad_loss", "word_loss"])
            Assert.InRange(history[name][^1], 0, 0.5 * history[name][0]);
        Assert.InRange(history["word_accuracy"][^1], 0.9, 1);
        Assert.Equal(history.Loss[^1], 10 * history["gains_loss"][^1] + 0.5 * history["vad_loss"][^1] + 2 * history["word_loss"][^1], 1e-4);

        // Options that a trainer gives out are as good for another one.
        using var second = new Trainer<Denoiser>(new Denoiser(1), trainer.Options);
        Assert.Equal(trainer.Metrics.Select(metric => metric.Key), second.Metrics.Select(metric => metric.Key));
    }

    [Fact]
    public void MetricsSeeTheirOwnTargets()
    {
        var model = new Denoiser(3);
        using var trainer = Create(model, null, Metric.OfOutput("gains", Metric.MeanAbsoluteError), Metric.OfOutput("vad", Metric.Accuracy));
        var (inputs, targets) = CreateData(29);
        var outputs = new float[Rows * Steps * 6];
        model.PredictBatch(inputs, Steps, outputs);
        var (error, right) = (0.0, 0.0);
        for (var position = 0; position < Rows * Steps; position++)
        {
            var (y, t) = (6 * position, TargetSize * position);
            error += Math.Abs((double)outputs[y + 3] - targets[t + 1]) + Math.Abs((double)outputs[y + 4] - targets[t + 2]);
            right += outputs[y + 5] > 0.5f == (targets[t + 3] == 1) ? 1 : 0;
        }

        trainer.Evaluate(new SequenceDataset(inputs, targets, Steps, 3, Steps * TargetSize), out var metrics);
        Assert.Equal(error / (2 * Rows * Steps), metrics["gains_mean_absolute_error"], 1e-6);
        Assert.Equal(right / (Rows * Steps), metrics["vad_accuracy"], 1e-6);
    }

    [Fact]
    public void AllocatesNothing()
    {
        var (inputs, targets) = CreateData(17);
        using var trainer = Create(new Denoiser(1), Optimizer.Adam(), Metric.OfOutput("word", Metric.Accuracy));
        var data = new SequenceDataset(inputs, targets, Steps, 3, Steps * TargetSize);
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            trainer.TrainBatch(inputs, targets);
            trainer.Evaluate(data);
        }));
    }

    [Fact]
    public void AnOutputMayHaveNoLoss()
    {
        var (model, inputs) = (new Denoiser(2), CreateData(19).Inputs);
        using var trainer = new Trainer<Denoiser>(model, new() { Loss = Loss.Combined(("gains", Loss.MeanAbsoluteError, 1)), Optimizer = Optimizer.Sgd(0.1) });
        var word = model.Weights["word.kernel"].ToArray();
        trainer.TrainBatch(inputs, new float[Rows * Steps * 2]);
        Assert.Equal(word, model.Weights["word.kernel"].ToArray());
    }

    [Fact]
    public void VectorsAreAsGood()
    {
        var model = new Estimator(4);
        using var trainer = new Trainer<Estimator>(model, new() { Loss = Loss.Combined(("spread", Loss.Poisson, 1), ("mean", Loss.Quantile(0.1, 0.9), 3)) });
        float[] inputs = [.. Enumerable.Range(0, 32).Select(i => MathF.Sin(i))], targets = [.. Enumerable.Range(0, 12).Select(i => i % 3f)];
        var outputs = new float[16];
        model.PredictBatch(inputs, 4, outputs);
        var expected = 0.0;
        for (var row = 0; row < 4; row++)
        {
            expected += 3 * Loss.Quantile(0.1, 0.9).Compute(outputs.AsSpan(4 * row, 2), targets.AsSpan(3 * row, 1), 2);
            expected += Loss.Poisson.Compute(outputs.AsSpan(4 * row + 2, 2), targets.AsSpan(3 * row + 1, 2), 2);
        }

        Assert.Equal(expected / 4, trainer.TrainBatch(inputs, targets), 1e-5);
    }

    [Fact]
    public void WrongClassIsFoundBeforeTheStep()
    {
        var (inputs, targets) = CreateData(23);
        var model = new Denoiser(1);
        var before = model.Weights["word.kernel"].ToArray();
        using var trainer = Create(model);
        targets[2 * TargetSize] = 3;
        var mistake = Assert.Throws<ArgumentException>(() => trainer.TrainBatch(inputs, targets));
        Assert.Contains("Target 3 at step 2 of sequence 0 of the batch is no class index, a whole number from 0 to 2", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights["word.kernel"].ToArray());
    }

    [Fact]
    public void MistakesAreNamed()
    {
        AssertMistake("Combined has a loss of 'gain', but Denoiser has the outputs 'word', 'gains', 'vad'.", Loss.Combined(("gain", Loss.MeanSquaredError, 1)));
        AssertMistake("Combined has two losses of 'vad'.", Loss.Combined(("vad", Loss.MeanSquaredError, 1), ("vad", Loss.MeanSquaredError, 1)));
        AssertMistake("The loss of 'gains' does not fit. BinaryCrossentropy needs outputs that are probabilities, but Denoiser ends with 'gains' (Dense with Linear)", Loss.Combined(("gains", Loss.BinaryCrossentropy, 1)));
        AssertMistake("Combined cannot have Ctc, the loss of 'word'", Loss.Combined(("word", Loss.Ctc, 1)));
        AssertMistake("Combined cannot have Combined, the loss of 'word'", Loss.Combined(("word", Combined, 1)));
        AssertMistake("Metric gain_mean_absolute_error is of 'gain', but there are the outputs 'word', 'gains', 'vad'.", Combined, Metric.OfOutput("gain", Metric.MeanAbsoluteError));
        AssertMistake("Metric vad_mean_absolute_error is of 'vad', which has no loss, and so no target.", Loss.Combined(("gains", Loss.MeanSquaredError, 1)), Metric.OfOutput("vad", Metric.MeanAbsoluteError));
        AssertMistake("Metric word_binary_accuracy", Combined, Metric.OfOutput("word", Metric.BinaryAccuracy()));
        Assert.Contains(
            "but Forecaster has no outputs with names, which [Output] gives",
            Assert.Throws<ArgumentException>(() => new Trainer<Forecaster>(new Forecaster(), new() { Loss = Combined })).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Combined.Compute(new float[6], new float[6], 6));
        Assert.Throws<ArgumentException>(() => Loss.Combined());
        Assert.Throws<ArgumentException>(() => Loss.Combined(("vad", Loss.MeanSquaredError, -1)));
        Assert.Throws<ArgumentException>(() => Loss.Combined(("vad", Loss.MeanSquaredError, double.NaN)));

        static void AssertMistake(string message, Loss loss, params Metric[] metrics) => Assert.Contains(
            message,
            Assert.Throws<ArgumentException>(() => new Trainer<Denoiser>(new Denoiser(), new() { Loss = loss, Metrics = [.. metrics] })).Message,
            StringComparison.Ordinal);
    }

    private static bool Near((double Gains, double Vad, double Word) expected, (double Gains, double Vad, double Word) actual) =>
        Math.Abs(expected.Gains - actual.Gains) + Math.Abs(expected.Vad - actual.Vad) + Math.Abs(expected.Word - actual.Word) < 1e-5;

    private static Trainer<Denoiser> Create(Denoiser model, Optimizer? optimizer = null, params Metric[] metrics) =>
        new(model, new() { Loss = Combined, Optimizer = optimizer ?? Optimizer.Sgd(0.1), Metrics = [.. metrics] });

    private static Dictionary<string, float[]> Weights(Denoiser model) => model.Weights.ToDictionary(tensor => tensor.Name, tensor => tensor.ToArray());

    /// <summary>Targets lie in the order of the outputs: a class, two numbers, a probability.</summary>
    private static (float[] Inputs, float[] Targets) CreateData(int seed)
    {
        var random = new Random(seed);
        var inputs = new float[Rows * Steps * 3];
        var targets = new float[Rows * Steps * TargetSize];
        foreach (ref var input in inputs.AsSpan())
            input = random.NextSingle() * 2 - 1;
        for (var position = 0; position < Rows * Steps; position++)
        {
            var largest = Array.IndexOf(inputs, inputs[(3 * position)..(3 * position + 3)].Max(), 3 * position) - 3 * position;
            float[] target = [largest, inputs[3 * position], -inputs[3 * position + 1], inputs[3 * position] > 0 ? 1 : 0];
            target.CopyTo(targets, TargetSize * position);
        }

        return (inputs, targets);
    }

    private static (double Gains, double Vad, double Word) Means(Denoiser model, float[] inputs, float[] targets, float[] weights)
    {
        var outputs = new float[Rows * Steps * 6];
        model.PredictBatch(inputs, Steps, outputs);
        var (gains, vad, word) = (0.0, 0.0, 0.0);
        for (var position = 0; position < Rows * Steps; position++)
        {
            var y = outputs.AsSpan(6 * position, 6);
            var t = targets.AsSpan(TargetSize * position, TargetSize);
            var weight = weights[position / Steps];
            gains += weight * (Math.Pow((double)y[3] - t[1], 2) + Math.Pow((double)y[4] - t[2], 2)) / 2;
            vad -= weight * (t[3] == 1 ? Math.Log(y[5]) : Math.Log(1 - (double)y[5]));
            word -= weight * Math.Log(y[(int)t[0]] / ((double)y[0] + y[1] + y[2]));
        }

        return (gains / (Rows * Steps), vad / (Rows * Steps), word / (Rows * Steps));
    }
}
