using AirPollution;
using NanoRnn;
using Samples;

namespace AirFleet;

/// <summary>Who has which hours, and how models are trained and judged.</summary>
internal static class AirData
{
    private const int ValidationYear = 2013;
    private const int TestYear = 2014;

    // Hours that everybody knows: what inputs are scaled by.
    private const int PublicHours = 365 * 24;

    public static AirSeries Load() => AirSeries.Load(DataFile.PathOf("beijing-pm25.csv.gz"));

    /// <summary>The part of a device: device i has i + 1 of 1 + 2 + … + n parts of the training years, one behind the other.</summary>
    public static SequenceDataset SliceOf(AirSeries series, int device, int devices)
    {
        var hours = (long)series.StartOf(ValidationYear);
        var parts = (long)devices * (devices + 1) / 2;
        return AirForecaster.CreateDataset(series, (int)(hours * (device * (device + 1L) / 2) / parts), (int)(hours * ((device + 1L) * (device + 2L) / 2) / parts));
    }

    /// <summary>Where the fleet begins: random weights, and statistics of the first year.</summary>
    public static AirModel NewModel(AirSeries series)
    {
        var model = new AirModel(seed: 1);
        model.Adapt(AirForecaster.CreateDataset(series, 0, PublicHours));
        return model;
    }

    public static Trainer<AirModel> NewTrainer(AirModel model, int seed) => new(model, new TrainerOptions
    {
        Loss = Loss.Quantile(AirForecaster.Quantiles),
        Optimizer = Optimizer.Adam(learningRate: 0.002) with { GlobalClipNorm = 1 },
        BatchSize = 64,
        TimeSteps = AirForecaster.Window,
        Seed = seed,
    });

    /// <summary>The mean quantile loss in the test year.</summary>
    public static float TestError(AirSeries series, AirModel model)
    {
        using var trainer = NewTrainer(model, seed: 0);
        return trainer.Evaluate(AirForecaster.CreateDataset(series, series.StartOf(TestYear), series.Count));
    }

    /// <summary>Trains with all years at once, as samples/AirPollution does.</summary>
    public static AirModel TrainInOnePlace(AirSeries series, int epochs)
    {
        var model = new AirModel(seed: 1);
        var training = AirForecaster.CreateDataset(series, 0, series.StartOf(ValidationYear));
        model.Adapt(training);
        using var trainer = NewTrainer(model, seed: 1);
        trainer.Fit(training, epochs, null, new CosineDecay());
        return model;
    }
}
