using Listen;
using NanoRnn;
using Samples;

namespace SpokenDigits;

/// <summary>Learns to recognise recordings, and measures it on others.</summary>
public static class WordTraining
{
    /// <summary>Trains a model.</summary>
    /// <param name="recordings">What to learn from; what it is measured with must not be among them.</param>
    /// <param name="seed">Seed of the weights, of the order of the samples and of their variants.</param>
    /// <param name="epochs">How often to go through them.</param>
    /// <param name="callbacks">Such as a progress bar.</param>
    public static WordModel Train(IReadOnlyList<SpokenDigit> recordings, int seed, int epochs, params Callback[] callbacks)
    {
        var model = new WordModel(seed);
        model.Adapt(WordData.ToDataset(recordings));
        using var trainer = new Trainer<WordModel>(model, new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy,
            Optimizer = Optimizer.Adam(0.005) with { GlobalClipNorm = 1 },
            Metrics = [Metric.Accuracy],
            BatchSize = 32,
            TimeSteps = WordModel.MaxFrames,
            Seed = seed,
        });
        trainer.Fit(WordData.ToDataset(WordData.WithVariants(recordings, seed)), epochs, validation: null, [new CosineDecay(), .. callbacks]);
        return model;
    }

    /// <summary>The share of recordings that are recognised, and how often each digit was taken for which.</summary>
    public static (double Accuracy, ConfusionMatrix Confusion) Test(WordModel model, IReadOnlyList<SpokenDigit> recordings)
    {
        using var tester = new Trainer<WordModel>(model, new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy, Metrics = [Metric.Accuracy], TimeSteps = WordModel.MaxFrames,
        });
        var dataset = WordData.ToDataset(recordings);
        tester.Evaluate(dataset, out var metrics);
        return (metrics["accuracy"], tester.GetConfusionMatrix(dataset));
    }
}
