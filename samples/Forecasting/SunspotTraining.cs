using NanoRnn;
using Samples;

namespace Forecasting;

/// <summary>Trains a <see cref="SunspotModel"/> on the training part of a series.</summary>
public static class SunspotTraining
{
    // Chosen by errors within the years before the test part.
    private const float LearningRate = 0.002f;
    private const int BatchSize = 32;

    public static History Train(
        SunspotModel model, ReadOnlySpan<float> series, TimeSplit split, Standardization scaling, Options options, ProgressBar progress)
    {
        var training = CreateDataset(series[..split.ValidationStart], SunspotForecaster.Window, scaling);
        var validation = CreateDataset(series[..split.TestStart], split.ValidationStart, scaling);
        var trainer = new Trainer<SunspotModel>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError,
            Optimizer = Optimizer.Adam(LearningRate) with { GlobalClipNorm = 1 },
            BatchSize = BatchSize,
            TimeSteps = SunspotForecaster.Window,
            Seed = options.Seed,
        });
        return trainer.Fit(training, options.Epochs, validation, new CosineDecay<SunspotModel>(trainer, options.Epochs), progress);
    }

    /// <summary>A sample for every month from <paramref name="start"/> on: the window before it, and the change that it brings.</summary>
    private static SequenceDataset CreateDataset(ReadOnlySpan<float> series, int start, Standardization scaling)
    {
        const int Window = SunspotForecaster.Window;
        var count = series.Length - start;
        var inputs = new float[count * Window];
        var targets = new float[count];
        for (var sample = 0; sample < count; sample++)
        {
            var month = start + sample;
            for (var i = 0; i < Window; i++)
                inputs[sample * Window + i] = scaling.Scale(series[month - Window + i]);
            targets[sample] = scaling.ScaleChange(series[month] - series[month - 1]);
        }

        return new SequenceDataset(inputs, targets, Window, inputSize: 1, targetSize: 1);
    }
}
