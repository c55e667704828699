using System.Globalization;
using ScottPlot;

namespace Samples;

/// <summary>The picture of a confusion matrix: the darker a field, the more often was the class of its row taken for that of its column.</summary>
internal static class ConfusionPlot
{
    /// <param name="labels">What each class is called.</param>
    /// <param name="count">How often a class, the first, was taken for another or itself, the second.</param>
    public static Plot Create(IReadOnlyList<string> labels, Func<int, int, double> count)
    {
        var plot = new Plot();
        var shares = new double[labels.Count, labels.Count];
        var numbers = Enumerable.Range(0, labels.Count).ToArray();
        var places = Array.ConvertAll(numbers, number => (double)number);
        foreach (var actual in numbers)
        {
            // As a share of its row, so that one mistake is seen among classes of any size.
            var total = Math.Max(1, numbers.Sum(predicted => count(actual, predicted)));
            foreach (var predicted in numbers)
            {
                var share = shares[actual, predicted] = count(actual, predicted) / total;
                if (share == 0)
                    continue;

                // The first row is at the top.
                var text = plot.Add.Text(count(actual, predicted).ToString(CultureInfo.InvariantCulture), predicted, labels.Count - 1 - actual);
                (text.LabelAlignment, text.LabelFontColor) = (Alignment.MiddleCenter, share > 0.5 ? Colors.White : Colors.Black);
            }
        }

        var map = plot.Add.Heatmap(shares);
        map.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        map.ManualRange = new ScottPlot.Range(0, 1);
        plot.MoveToBottom(map);
        plot.Axes.Bottom.SetTicks(places, [.. labels]);
        plot.Axes.Left.SetTicks(places, [.. labels.Reverse()]);
        plot.XLabel("predicted");
        plot.YLabel("true");
        plot.Axes.SetLimits(-0.5, labels.Count - 0.5, -0.5, labels.Count - 0.5);
        plot.HideGrid();
        return plot;
    }
}
