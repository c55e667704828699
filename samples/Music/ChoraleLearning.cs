using NanoRnn;

namespace Music;

/// <summary>Learns from the training part when to expect which notes, and measures it on chorales that it has not seen.</summary>
public static class ChoraleLearning
{
    public const int Epochs = 50;

    private const int TrainingSteps = 64;
    private const int BatchSize = 8;

    /// <summary>Trains a model and tests it on whole chorales.</summary>
    /// <returns>The model, and its negative log likelihood for each step of the test part.</returns>
    public static (MusicModel Model, double TestNll) Run(
        Chorales chorales, int seed, int epochs, TextWriter output, bool isLive = false)
    {
        var training = Chorales.ToDataset(Chorales.Cut(chorales.Training, TrainingSteps), TrainingSteps);
        var validation = Chorales.ToDataset(Chorales.Cut(chorales.Validation, TrainingSteps), TrainingSteps);
        var model = new MusicModel(seed);
        using var trainer = new Trainer<MusicModel>(model, new TrainerOptions
        {
            Loss = Loss.BinaryCrossentropy,
            Optimizer = Optimizer.AdamW(weightDecay: 0.02) with
            {
                GlobalClipNorm = 1,
                LearningRateSchedule = LearningRateSchedule.CosineDecay(0.01, epochs * ((training.Count + BatchSize - 1) / BatchSize)),
            },
            Metrics = [new NegativeLogLikelihood()],
            BatchSize = BatchSize,
            TimeSteps = TrainingSteps,
            Seed = seed,
        });
        output.WriteLine(MusicModel.Summary);
        output.WriteLine($"{chorales.Training.Length} chorales to learn from, {chorales.Validation.Length} to choose by, {chorales.Test.Length} to test with.");
        trainer.Fit(training, epochs, validation, new EarlyStopping("val_loss", patience: epochs, restoreBestWeights: true), new ProgressBar(output, isLive));

        var test = Chorales.ToDataset(chorales.Test, chorales.Test.Max(chorale => chorale.Length) - 1);
        using var tester = new Trainer<MusicModel>(model, trainer.Options with { TimeSteps = test.TimeSteps });
        tester.Evaluate(test, out var metrics);
        var nll = metrics[NegativeLogLikelihood.MetricName];
        output.WriteLine();
        output.WriteLine($"Negative log likelihood per step of unseen chorales: {nll:F2}; GRU 8.43, LSTM 8.45, RNN 8.91 in Bai et al. 2018");
        return (model, nll);
    }
}
