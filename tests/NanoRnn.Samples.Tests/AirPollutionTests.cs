using System.Globalization;
using System.Xml.Linq;
using AirPollution;

namespace NanoRnn.Samples.Tests;

public sealed class AirPollutionTests : IDisposable
{
    private const string Header = "No,year,month,day,hour,pm2.5,DEWP,TEMP,PRES,cbwd,Iws,Is,Ir";

    private static readonly AirSeries Series = AirSeries.Load(Path.Combine(AppContext.BaseDirectory, "data", "beijing-pm25.csv.gz"));

    private readonly string _folder = Directory.CreateTempSubdirectory("nanornn-air-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void BeatsNaiveForecastsWithinAnHonestBand()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var result = AirForecast.Run(Series, seed: 0, AirForecast.Epochs, _folder, writer);
        Check(result.Errors);
        Assert.Equal([1, 6, 24], result.Errors.Select(errors => errors.Horizon));
        Assert.Equal(AirForecast.Epochs, result.History.ValidationLoss.Count);
        Assert.Contains($"{result.Errors[2].Model.Mae:F2}", writer.ToString(), StringComparison.Ordinal);

        var loaded = AirModel.Load(Path.Combine(_folder, "air.safetensors"));
        var start = result.Forecasts[0].Hour;
        Assert.Equal(result.Forecasts[0].Bands, AirForecaster.Predict(loaded, Series, start, start + 1)[0].Bands);
        foreach (var picture in (string[])["bands.svg", "loss.svg"])
            Assert.DoesNotContain("NaN", XDocument.Load(Path.Combine(_folder, picture)).ToString(), StringComparison.Ordinal);
    }

    [SlowFact]
    public void MedianOfFiveSeedsBeatsNaiveForecasts()
    {
        var errors = new IReadOnlyList<HorizonErrors>[5];
        Parallel.For(0, errors.Length, seed =>
        {
            var model = new AirModel(seed);
            AirForecast.Train(model, Series, seed, AirForecast.Epochs, new ProgressBar(TextWriter.Null));
            var forecasts = AirForecaster.Predict(model, Series, Series.StartOf(2014), Series.Count);
            errors[seed] = [.. AirForecaster.Horizons.Select((_, column) => HorizonErrors.Of(Series, forecasts, column))];
        });
        Check([.. Enumerable.Range(0, 3).Select(column => errors.Select(seed => seed[column]).OrderBy(error => error.Model.Mae).ElementAt(2))]);
    }

    /// <summary>Errors below those of both naive forecasts, the more so the farther ahead, and about four of five truths in the band.</summary>
    private static void Check(IReadOnlyList<HorizonErrors> errors)
    {
        double[] shares = [1, 0.95, 0.9];
        foreach (var (error, share) in errors.Zip(shares))
        {
            Assert.InRange(error.Count, 7500, 8760);
            Assert.InRange(error.Model.Mae, 0, share * Math.Min(error.Persistence.Mae, error.SeasonalNaive.Mae));
            Assert.InRange(error.Model.Rmse, 0, share * Math.Min(error.Persistence.Rmse, error.SeasonalNaive.Rmse));
            Assert.InRange(error.Coverage, 0.75, 0.85);
        }
    }

    [Fact]
    public void NaiveForecastsAndCoverageAreWhatTheySay()
    {
        // A forecast at ten in the morning for four in the afternoon, in a band that ends at the truth, and one that misses it.
        var hour = Series.StartOf(2014) + 10;
        var truth = Series.DustAt(hour + 6);
        Band[] Bands(float low, float median, float high) => [default, new(low, median, high), default];
        Forecast[] forecasts = [new(hour, Bands(truth - 8, truth - 3, truth)), new(hour, Bands(truth + 1, truth + 3, truth + 5))];
        var errors = HorizonErrors.Of(Series, forecasts, column: 1);
        Assert.Equal((6, 2, 0.5, 6), (errors.Horizon, errors.Count, errors.Coverage, errors.Width));
        Assert.Equal(3, errors.Model.Mae, 1e-5);
        Assert.Equal(Math.Abs(truth - Series.DustAt(hour)), errors.Persistence.Mae, 1e-5);
        Assert.Equal(Math.Abs(truth - Series.DustAt(hour - 18)), errors.SeasonalNaive.Mae, 1e-5);
    }

    [Fact]
    public void NothingOfALaterPartIsKnown()
    {
        var (validation, test) = (Series.StartOf(2013), Series.StartOf(2014));
        var (all, first, second) = (AirForecaster.CreateDataset(Series, 0, test), AirForecaster.CreateDataset(Series, 0, validation), AirForecaster.CreateDataset(Series, validation, test));

        // What is missing between the parts are windows that begin in one and end, or have a target, in the other.
        Assert.InRange(all.Count - first.Count - second.Count, 1, AirForecaster.Window - 1 + 24);
        var (one, other) = (new float[first.TimeSteps * first.InputSize], new float[first.TimeSteps * first.InputSize]);
        second.CopyInput(0, one);
        all.CopyInput(all.Count - second.Count, other);
        Assert.Equal(one, other);
    }

    [Fact]
    public void HoursAreWhatTheFileSays()
    {
        // 25,2010,1,2,0,129,-16,-4,1020,SE,1.79,0,0, and below it 26,…
        Assert.Equal(43824, Series.Count);
        Assert.Equal(new DateTime(2010, 1, 2), Series.TimeOf(24));
        Assert.Equal(24 * 365, Series.StartOf(2011));
        Assert.Equal([129, -16, -4, 1020, 1.79f, 0, 0, 0, 0, 1, 0, 0, 1], Series.RowAt(24)[..13]);
        Assert.Equal(129, Series.DustAt(24));
        Assert.True(float.IsNaN(Series.DustAt(23)));

        // A quarter of a day later the clock has turned by a quarter.
        Assert.Equal((1f, 0f), (Series.RowAt(30)[11], MathF.Round(Series.RowAt(30)[12], 6)));
    }

    [Fact]
    public void BandsComeFromQuantilesOfTheChange()
    {
        var band = Band.Of(9, [MathF.Log(0.5f), 0, MathF.Log(2)]);
        Assert.Equal((4, 9, 19), (MathF.Round(band.Low, 4), band.Median, MathF.Round(band.High, 4)));
        Assert.Equal([true, true, false, false], ((float[])[4.5f, 18.5f, 3.5f, 19.5f]).Select(band.Contains));
    }

    [Theory]
    [InlineData($"should begin with the line '{Header}'", "No,year,month")]
    [InlineData("has no hours", Header)]
    [InlineData("line 2: expected a time", Header, "1,2010,1,1,24,129,-16,-4,1020,SE,1.79,0,0")]
    [InlineData("line 3: expected the hour 2010-01-01 01:00", Header, "1,2010,1,1,0,129,-16,-4,1020,SE,1.79,0,0", "2,2010,1,1,2,129,-16,-4,1020,SE,1.79,0,0")]
    [InlineData("line 2: expected a number or NA as pm2.5", Header, "1,2010,1,1,0,much,-16,-4,1020,SE,1.79,0,0")]
    [InlineData("line 2: expected one of NE, NW, SE, cv as cbwd", Header, "1,2010,1,1,0,129,-16,-4,1020,SW,1.79,0,0")]
    public void MistakesInTheDataAreNamed(string message, params string[] lines) =>
        Assert.Contains(message, Refusal.Of(lines, path => AirSeries.Load(path)), StringComparison.Ordinal);
}
