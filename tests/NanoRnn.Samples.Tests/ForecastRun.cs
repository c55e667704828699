using Forecasting;

namespace NanoRnn.Samples.Tests;

/// <summary>One full run of the forecasting sample, in a folder of its own, for all tests that look at its result.</summary>
public sealed class ForecastRun : IDisposable
{
    public ForecastRun()
    {
        Series = MonthlySeries.Load(Path.Combine(AppContext.BaseDirectory, "data", "monthly-sunspots.csv"));
        Folder = Directory.CreateTempSubdirectory("nanornn-forecasting-").FullName;
        using var writer = new StringWriter();
        Result = SunspotForecast.Run(Series, seed: 0, SunspotForecast.Epochs, Path.Combine(Folder, "new", "folder"), writer);
        Text = writer.ToString();
    }

    public MonthlySeries Series { get; }

    public ForecastResult Result { get; }

    public string Text { get; }

    private string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
