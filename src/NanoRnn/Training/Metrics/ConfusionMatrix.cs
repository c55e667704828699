using System.Globalization;
using System.Text;

namespace NanoRnn;

/// <summary>How often each class was taken for each: rows are the classes of targets, columns what the model said.</summary>
public sealed class ConfusionMatrix
{
    private readonly double[] _counts;

    internal ConfusionMatrix(ReadOnlySpan<double> counts) => (_counts, Classes) = (counts.ToArray(), (int)Math.Sqrt(counts.Length));

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>How often a class was taken for another or itself; the sum of their weights, if positions have weights.</summary>
    /// <param name="actual">The class of the target, 0 … <see cref="Classes"/> − 1.</param>
    /// <param name="predicted">What the model said, 0 … <see cref="Classes"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int actual, int predicted] => _counts[(Check(actual, nameof(actual)) * Classes) + Check(predicted, nameof(predicted))];

    /// <summary>The counts as a table, with a line for each class of targets.</summary>
    public override string ToString()
    {
        var cells = Array.ConvertAll(_counts, count => count.ToString(CultureInfo.InvariantCulture));
        var width = (Classes - 1).ToString(CultureInfo.InvariantCulture).Length;
        foreach (var cell in cells)
            width = Math.Max(width, cell.Length);
        var table = new StringBuilder().Append(' ', width);
        for (var predicted = 0; predicted < Classes; predicted++)
            Append(predicted.ToString(CultureInfo.InvariantCulture));
        for (var actual = 0; actual < Classes; actual++)
        {
            table.Append('\n').Append(actual.ToString(CultureInfo.InvariantCulture).PadLeft(width));
            for (var predicted = 0; predicted < Classes; predicted++)
                Append(cells[(actual * Classes) + predicted]);
        }

        return table.ToString();

        void Append(string cell) => table.Append(' ').Append(cell.PadLeft(width));
    }

    private int Check(int index, string parameter) => (uint)index < (uint)Classes
        ? index
        : throw new ArgumentOutOfRangeException(parameter, index, $"There are classes 0 to {Classes - 1}.");
}
