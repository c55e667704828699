using NanoRnn;
using ScottPlot;

namespace Samples;

/// <summary>The picture of a training: loss and validation loss by epoch.</summary>
internal static class HistoryPlot
{
    /// <param name="history">What <c>Fit</c> has returned.</param>
    /// <param name="loss">What the loss is.</param>
    public static Plot Create(History history, string loss)
    {
        var plot = new Plot();
        plot.Title("Loss");
        plot.XLabel("epoch");
        plot.YLabel(loss);
        AddCurve("training", history.Loss);
        AddCurve("validation", history.ValidationLoss);
        plot.ShowLegend(Alignment.UpperRight);
        return plot;

        // Without validation data there is none; a loss that is not finite has no place.
        void AddCurve(string name, IReadOnlyList<float> losses)
        {
            var points = losses.Index().Where(item => float.IsFinite(item.Item)).Select(item => new Coordinates(item.Index + 1, item.Item)).ToArray();
            if (points.Length > 0)
                plot.Add.ScatterLine(points).LegendText = name;
        }
    }
}
