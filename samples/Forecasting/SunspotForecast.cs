using NanoRnn;
using Samples;

namespace Forecasting;

/// <summary>What a run has found and written.</summary>
public sealed record ForecastResult
{
    public required SunspotForecaster Forecaster { get; init; }

    public required TimeSplit Split { get; init; }

    public required History History { get; init; }

    public required float[] OneStep { get; init; }

    public required Comparison OneStepErrors { get; init; }

    public required string ModelPath { get; init; }

    public required string PlotPath { get; init; }

    public required string LossPlotPath { get; init; }
}

/// <summary>The whole job: split, train, test, forecast, save, plot.</summary>
public static class SunspotForecast
{
    public const int Epochs = 30;

    private const int FreeRunMonths = 132;
    private const int MeasuredFreeRunMonths = 60;

    /// <param name="series">The months.</param>
    /// <param name="seed">Of the weights and of the order of the samples.</param>
    /// <param name="epochs">How often to go through the training part.</param>
    /// <param name="folder">Where the model and the plots are written.</param>
    /// <param name="output">Gets the report.</param>
    /// <param name="isLive">Whether it is a console, whose lines can change.</param>
    public static ForecastResult Run(MonthlySeries series, int seed, int epochs, string folder, TextWriter output, bool isLive = false)
    {
        // First, so that a folder that cannot be had costs no training.
        Directory.CreateDirectory(folder);

        var values = series.Values;
        var split = TimeSplit.Of(series.Count);
        output.WriteLine(SunspotModel.Summary);
        output.WriteLine($"Training   {Range(0, split.ValidationStart)}");
        output.WriteLine($"Validation {Range(split.ValidationStart, split.TestStart)}");
        output.WriteLine($"Test       {Range(split.TestStart, split.End)}");
        output.WriteLine();

        var model = new SunspotModel(seed);
        var history = SunspotTraining.Train(model, values, split, seed, epochs, new ProgressBar(output, isLive));

        var forecaster = new SunspotForecaster(model.CreateWindowSession(SunspotForecaster.Window));
        var oneStep = forecaster.PredictEach(values, split.TestStart);
        var errors = Comparison.OneStep(values, split.TestStart, oneStep);
        output.WriteLine();
        output.WriteLine($"Test part, one month ahead, {oneStep.Length} forecasts:");
        Print(errors, output);
        output.WriteLine($"  RMSE {1 - errors.Model.Rmse / errors.Persistence.Rmse:P1} below persistence");

        var (freeErrors, starts) = Comparison.FreeRunning(forecaster, values, split.TestStart, MeasuredFreeRunMonths);
        output.WriteLine();
        output.WriteLine($"Test part, {MeasuredFreeRunMonths} months ahead on its own forecasts, {starts} starts a year apart:");
        Print(freeErrors, output);

        var freeRuns = Array.ConvertAll([split.TestStart, split.End], start => new PlottedRun(start, forecaster.RunFreely(series.Values[..start], FreeRunMonths)));
        output.WriteLine();
        PrintYears(series, freeRuns[^1], output);

        var modelPath = Path.Combine(folder, "sunspots.safetensors");
        model.Save(modelPath);
        var plotPath = Path.Combine(folder, "sunspots.svg");
        ForecastPlot.Create(series, split, oneStep, freeRuns).SaveSvg(plotPath, 1120, 500);
        var lossPath = Path.Combine(folder, "loss.svg");
        HistoryPlot.Create(history, "mean squared error in sunspots squared").SaveSvg(lossPath, 720, 360);
        output.WriteLine();
        output.WriteLine($"Model: {modelPath}");
        output.WriteLine($"Plots: {plotPath}, {lossPath}");
        return new ForecastResult
        {
            Forecaster = forecaster,
            Split = split,
            History = history,
            OneStep = oneStep,
            OneStepErrors = errors,
            ModelPath = modelPath,
            PlotPath = plotPath,
            LossPlotPath = lossPath,
        };

        string Range(int start, int end) => $"{series.MonthAt(start):yyyy-MM} to {series.MonthAt(end - 1):yyyy-MM} ({end - start} months)";
    }

    private static void Print(Comparison errors, TextWriter output)
    {
        output.WriteLine($"  {"error in sunspots",-34}{"RMSE",7}{"MAE",9}");
        PrintLine("network", errors.Model);
        PrintLine("persistence (last known month)", errors.Persistence);
        PrintLine($"seasonal naive ({Comparison.Season} months ago)", errors.SeasonalNaive);

        void PrintLine(string name, ForecastError error) => output.WriteLine($"  {name,-34}{error.Rmse,7:F2}{error.Mae,9:F2}");
    }

    private static void PrintYears(MonthlySeries series, PlottedRun run, TextWriter output)
    {
        output.WriteLine("After the data, on its own forecasts (mean of the year):");
        foreach (var year in run.Values.Index().GroupBy(item => series.MonthAt(run.Start + item.Index).Year, item => item.Item))
            output.WriteLine($"  {year.Key} {year.Average(),6:F1}");
    }
}
