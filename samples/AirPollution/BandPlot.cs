using ScottPlot;

namespace AirPollution;

/// <summary>The picture of forecasts a day ahead: what they said would be, within which band, and what was.</summary>
public static class BandPlot
{
    /// <summary>A day, in <see cref="AirForecaster.Horizons"/>.</summary>
    private const int Column = 2;

    // Some weeks of which nothing is missing.
    private static readonly DateTime Start = new(2014, 9, 27);
    private static readonly DateTime End = new(2014, 10, 20);

    private static readonly Color TruthColour = Color.FromHex("#5a5a5a");
    private static readonly Color ForecastColour = Color.FromHex("#1f6fb4");

    public static Plot Create(AirSeries series, IEnumerable<Forecast> forecasts)
    {
        var bands = forecasts.Select(forecast => (Hour: forecast.Hour + AirForecaster.Horizons[Column], Band: forecast.Bands[Column]))
            .Where(item => item.Hour < series.Count && series.TimeOf(item.Hour) >= Start && series.TimeOf(item.Hour) < End).ToArray();
        var times = Array.ConvertAll(bands, item => series.TimeOf(item.Hour).ToOADate());

        var plot = new Plot();
        plot.Title("Fine dust in Beijing, forecast a day ahead");
        plot.YLabel("PM2.5 in µg/m³");
        plot.Axes.DateTimeTicksBottom();
        var area = plot.Add.FillY(times, Array.ConvertAll(bands, item => (double)item.Band.Low), Array.ConvertAll(bands, item => (double)item.Band.High));
        (area.FillColor, area.LineWidth, area.LegendText) = (ForecastColour.WithAlpha(0.25), 0, "band for four values of five");
        AddCurve(item => item.Band.Median, ForecastColour, "forecast, median");
        AddCurve(item => series.DustAt(item.Hour), TruthColour, "truth");
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(0, plot.Axes.GetLimits().Top);
        plot.ShowLegend(Alignment.UpperLeft);
        return plot;

        // What was not measured is no point.
        void AddCurve(Func<(int Hour, Band Band), float> value, Color colour, string name)
        {
            var points = bands.Zip(times).Where(item => float.IsFinite(value(item.First))).Select(item => new Coordinates(item.Second, value(item.First))).ToArray();
            var curve = plot.Add.ScatterLine(points);
            (curve.Color, curve.LineWidth, curve.LegendText) = (colour, 1.5f, name);
        }
    }
}
