using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Forecasting;

/// <summary>A forecast without a look at the truth, and the month of its first value.</summary>
public sealed record PlottedRun(int Start, float[] Values);

/// <summary>The picture of a run: the truth, and forecasts of one month and of many.</summary>
public static class ForecastPlot
{
    private const int MonthsBeforeTest = 120;
    private const float ThickLine = 2;
    private static readonly Color TruthColour = Color.FromHex("#9a9a9a");
    private static readonly Color OneStepColour = Color.FromHex("#1f6fb4");
    private static readonly Color FreeColour = Color.FromHex("#d9480f");

    public static Plot Create(MonthlySeries series, TimeSplit split, float[] oneStep, IReadOnlyList<PlottedRun> freeRuns)
    {
        var plot = new Plot();
        plot.Title("Monthly sunspot numbers");
        plot.XLabel("year");
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { LabelFormatter = year => year.ToString("0", CultureInfo.InvariantCulture) };
        plot.YLabel("sunspots");
        AddMark(split.TestStart, "test part");
        AddMark(split.End, "future");
        var first = split.TestStart - MonthsBeforeTest;
        AddCurve(first, series.Values[first..].ToArray(), TruthColour, ThickLine).LegendText = "truth";
        AddCurve(split.TestStart, oneStep, OneStepColour, 1).LegendText = "forecast, one month ahead";
        foreach (var (i, run) in freeRuns.Index())
            AddCurve(run.Start, run.Values, FreeColour, ThickLine).LegendText = i == 0 ? "forecast, free-running on its own forecasts" : "";
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(0, plot.Axes.GetLimits().Top);
        plot.ShowLegend(Alignment.UpperLeft);
        return plot;

        ScottPlot.Plottables.Scatter AddCurve(int start, float[] values, Color colour, float width)
        {
            var curve = plot.Add.ScatterLine(values.Select((value, i) => new Coordinates(Year(start + i), value)).ToArray());
            (curve.Color, curve.LineWidth) = (colour, width);
            return curve;
        }

        void AddMark(int month, string text)
        {
            var line = plot.Add.VerticalLine(Year(month), color: TruthColour, pattern: LinePattern.Dashed);
            line.LabelText = text;
            line.LabelOppositeAxis = true;
        }

        double Year(int month)
        {
            var date = series.MonthAt(month);
            return date.Year + (date.Month - 1) / 12.0;
        }
    }
}
