using NanoRnn.Benchmarks.Rows;

namespace NanoRnn.Benchmarks.Table;

/// <summary>Rows that were measured several times in a run.</summary>
internal static class Repeats
{
    /// <summary>One row for each thing measured, in the order of first appearance, with the median of its repeats' medians.</summary>
    public static List<Row> Merge(IEnumerable<Row> rows) =>
        [.. Group(rows).Select(group => group.First() with { Median = Median(group) })];

    /// <summary>The largest difference between repeats, relative to their median.</summary>
    public static double LargestSpread(IEnumerable<Row> rows) =>
        Group(rows).Select(group => (group.Max(row => row.Median) - group.Min(row => row.Median)) / Median(group)).DefaultIfEmpty().Max();

    private static IEnumerable<IGrouping<object, Row>> Group(IEnumerable<Row> rows) =>
        rows.GroupBy<Row, object>(row => (row.Peer, row.Task, row.Cell, row.Hidden, row.Threads, row.Vectors, row.Kibibytes));

    private static double Median(IEnumerable<Row> rows)
    {
        double[] medians = [.. rows.Select(row => row.Median).Order()];
        return (medians[(medians.Length - 1) / 2] + medians[medians.Length / 2]) / 2;
    }
}
