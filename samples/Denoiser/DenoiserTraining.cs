using NanoRnn;
using Samples;

namespace Denoiser;

/// <summary>Trains the model.</summary>
public static class DenoiserTraining
{
    /// <summary>So many seconds of mixtures as <see cref="TrainingData.SecondsPerEpoch"/> each.</summary>
    public const int Epochs = 48;

    /// <summary>Trains a new one.</summary>
    /// <param name="voices">Whose words it learns from.</param>
    /// <param name="seed">Seed of weights and mixtures.</param>
    /// <param name="epochs">How many of <see cref="TrainingData.SecondsPerEpoch"/>.</param>
    /// <param name="callbacks">Such as a progress bar.</param>
    public static DenoiserModel Train(Voice[] voices, int seed, int epochs, params Callback[] callbacks)
    {
        var data = new TrainingData(voices, seed);
        var model = new DenoiserModel(seed);
        model.Adapt(data.NextPart());
        using var trainer = new Trainer<DenoiserModel>(model, new TrainerOptions
        {
            Loss = Loss.Combined(("gains", Loss.MeanSquaredError, 10), ("voice", Loss.BinaryCrossentropy, 0.5)),
            Optimizer = Optimizer.Adam(0.003) with { GlobalClipNorm = 1 },
            Metrics = [Metric.OfOutput("voice", Metric.Accuracy)],
            BatchSize = 8,
            TimeSteps = TrainingData.Steps,
            Threads = Math.Min(2, Environment.ProcessorCount),
            Seed = seed,
        });
        trainer.Fit(data.Stream, epochs, validation: null, [new CosineDecay(), .. callbacks]);
        return model;
    }
}
