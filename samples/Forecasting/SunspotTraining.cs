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
        SunspotModel model, ReadOnlySpan<float> series, TimeSplit split, int seed, int epochs, ProgressBar progress)
    {
        var training = CreateDataset(series[..split.ValidationStart], SunspotForecaster.Window);
        var validation = CreateDataset(series[..split.TestStart], split.ValidationStart);
        model.Adapt(training);
        var trainer = new Trainer<SunspotModel>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError,
            Optimizer = Optimizer.Adam(LearningRate),
            BatchSize = BatchSize,
            TimeSteps = SunspotForecaster.Window,
            Seed = seed,
        });
        return trainer.Fit(training, epochs, validation, new CosineDecay(), progress);
    }

    /// <summary>A sample for every month from <paramref name="start"/> on: the window before it, and the change that it brings.</summary>
    private static SequenceDataset CreateDataset(ReadOnlySpan<float> series, int start)
    {
        const int Columns = 2;
        var rows = new float[series.Length * Columns];
        for (var month = 0; month < series.Length; month++)
        {
            rows[month * Columns] = series[month];
            rows[month * Columns + 1] = month == 0 ? 0 : series[month] - series[month - 1];
        }

        return SequenceDataset.FromWindows(rows, new WindowOptions
        {
            SequenceLength = SunspotForecaster.Window,
            Columns = Columns,
            InputColumns = [0],
            TargetColumns = [1],
            StartIndex = start - SunspotForecaster.Window,
        });
    }
}
