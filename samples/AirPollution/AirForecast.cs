using NanoRnn;
using Samples;

namespace AirPollution;

/// <summary>Learns from the first three years; the fourth is to choose by, the last one is the test.</summary>
public static class AirForecast
{
    public const int Epochs = 5;

    private const int ValidationYear = 2013;
    private const int TestYear = 2014;

    /// <param name="series">The five years.</param>
    /// <param name="seed">Of the weights and of the order of the samples.</param>
    /// <param name="epochs">How often to go through the first three years.</param>
    /// <param name="folder">Where the model and the pictures are written.</param>
    /// <param name="output">Gets the report.</param>
    /// <param name="isLive">Whether it is a console, whose lines can change.</param>
    public static AirForecastResult Run(AirSeries series, int seed, int epochs, string folder, TextWriter output, bool isLive = false)
    {
        // First, so that a folder that cannot be had costs no training.
        Directory.CreateDirectory(folder);
        output.WriteLine(AirModel.Summary);

        var model = new AirModel(seed);
        var history = Train(model, series, seed, epochs, new ProgressBar(output, isLive));
        var forecasts = AirForecaster.Predict(model, series, series.StartOf(TestYear), series.Count);
        HorizonErrors[] errors = [.. AirForecaster.Horizons.Select((_, column) => HorizonErrors.Of(series, forecasts, column))];
        Print(errors, output);

        model.Save(Path.Combine(folder, "air.safetensors"));
        BandPlot.Create(series, forecasts).SaveSvg(Path.Combine(folder, "bands.svg"), 1120, 500);
        HistoryPlot.Create(history, "quantile loss of the change").SaveSvg(Path.Combine(folder, "loss.svg"), 720, 360);
        output.WriteLine();
        output.WriteLine($"Model, forecasts with their bands, and losses: air.safetensors, bands.svg and loss.svg in {folder}");
        return new(model, history, forecasts, errors);
    }

    /// <summary>Trains a model with the years before the validation year, and has its bands right in that.</summary>
    public static History Train(AirModel model, AirSeries series, int seed, int epochs, ProgressBar progress)
    {
        var training = AirForecaster.CreateDataset(series, 0, series.StartOf(ValidationYear));
        var validation = AirForecaster.CreateDataset(series, series.StartOf(ValidationYear), series.StartOf(TestYear));
        model.Adapt(training);
        using var trainer = new Trainer<AirModel>(model, new TrainerOptions
        {
            Loss = Loss.Quantile(AirForecaster.Quantiles),
            Optimizer = Optimizer.Adam(learningRate: 0.002) with { GlobalClipNorm = 1 },
            BatchSize = 64,
            TimeSteps = AirForecaster.Window,
            Seed = seed,
        });
        var history = trainer.Fit(training, epochs, validation, new CosineDecay(), progress);
        BandCalibration.Run(trainer, validation);
        return history;
    }

    private static void Print(HorizonErrors[] errors, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{TestYear}, µg/m³          network      persistence    a day before    in the 10-90 % band");
        output.WriteLine("hours  forecasts    MAE   RMSE     MAE   RMSE     MAE   RMSE     share  mean width");
        foreach (var horizon in errors)
        {
            output.Write($"{horizon.Horizon,5}{horizon.Count,11}");
            foreach (var error in (ReadOnlySpan<Forecasting.ForecastError>)[horizon.Model, horizon.Persistence, horizon.SeasonalNaive])
                output.Write($"{error.Mae,8:F2}{error.Rmse,7:F2}");
            output.WriteLine($"{100 * horizon.Coverage,8:F1} %{horizon.Width,12:F1}");
        }
    }
}
