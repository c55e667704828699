using System.Xml.Linq;
using Forecasting.Plotting;
using NanoRnn;

namespace Forecasting;

/// <summary>A forecast without a look at the truth, and the month of its first value.</summary>
public sealed record PlottedRun(int Start, float[] Values);

/// <summary>The picture of a run: forecasts above, losses below.</summary>
public static class ForecastPlot
{
    private const int Width = 1120;
    private const int Height = 860;
    private const double Left = 80;
    private const double Right = Width - 30;
    private const int MonthsBeforeTest = 120;
    private const string TruthColour = "#9a9a9a";
    private const string OneStepColour = "#1f6fb4";
    private const string FreeColour = "#d9480f";

    public static XDocument Create(
        MonthlySeries series, TimeSplit split, float[] oneStep, IReadOnlyList<PlottedRun> freeRuns, History history) =>
        Figure.Create(Width, Height, CreateForecastPanel(series, split, oneStep, freeRuns), CreateLossPanel(history));

    private static Panel CreateForecastPanel(
        MonthlySeries series, TimeSplit split, float[] oneStep, IReadOnlyList<PlottedRun> freeRuns)
    {
        const double Top = 70;
        const double Bottom = 480;
        var first = split.TestStart - MonthsBeforeTest;
        var last = freeRuns.Max(run => run.Start + run.Values.Length);
        var truth = series.Values[first..].ToArray();
        var highest = freeRuns.Select(run => run.Values).Append(oneStep).Append(truth).Max(values => values.Max());

        var panel = new Panel(
            "Monthly sunspot numbers",
            new Axis("year", Year(first), Year(last), Left, Right),
            new Axis("sunspots", 0, highest * 1.1, Bottom, Top));
        panel.AddMark(Year(split.TestStart), "test part").AddMark(Year(split.End), "future");
        panel.Add(new Curve("truth", TruthColour, 2.2, Points(first, truth)));
        panel.Add(new Curve("forecast, one month ahead", OneStepColour, 1.1, Points(split.TestStart, oneStep)));
        foreach (var run in freeRuns)
            panel.Add(new Curve("forecast, free-running on its own forecasts", FreeColour, 2.2, Points(run.Start, run.Values)));
        return panel;

        double Year(int month)
        {
            var date = series.MonthAt(month);
            return date.Year + (date.Month - 1) / 12.0;
        }

        (double, double)[] Points(int start, float[] values) => [.. values.Select((value, i) => (Year(start + i), (double)value))];
    }

    private static Panel CreateLossPanel(History history)
    {
        const double Top = 600;
        const double Bottom = 800;
        float[] losses = [.. history.Loss.Concat(history.ValidationLoss).Where(float.IsFinite).DefaultIfEmpty(1)];
        var panel = new Panel(
            "Loss (mean squared error of the scaled change)",
            new Axis("epoch", 0, history.Epochs, Left, Right),
            new Axis("loss", losses.Min() * 0.9, losses.Max() * 1.05, Bottom, Top));
        panel.Add(new Curve("training", OneStepColour, 2, Points(history.Loss)));
        panel.Add(new Curve("validation", FreeColour, 2, Points(history.ValidationLoss)));
        return panel;

        static (double, double)[] Points(IReadOnlyList<float> losses) =>
            [.. losses.Index().Where(item => float.IsFinite(item.Item)).Select(item => (item.Index + 1.0, (double)item.Item))];
    }
}
