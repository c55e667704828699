using NanoRnn.Benchmarks.Rows;

namespace NanoRnn.Benchmarks.Table;

/// <summary>A limit of the processor, and how long it lets a task take at least, in the task's unit.</summary>
internal sealed record Limit(Row Row, double Time);

/// <summary>What the processor itself can do, as measured in the same run.</summary>
internal sealed class MachineLimits(IEnumerable<Row> rows)
{
    public const string Peer = "machine";

    private readonly List<Row> _rows = [.. rows.Where(row => row.Peer == Peer)];

    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>
    /// The limit that a task meets first: multiply-adds, or loads of its weights from the smallest memory that holds them,
    /// each with vectors as wide as the task's. Null when none was measured.
    /// </summary>
    public Limit? Find(Row task)
    {
        var sameWidth = _rows.Where(row => row.Vectors == task.Vectors).ToList();
        var multiplyAdds = sameWidth.Where(row => row.Task == "fma_f32").Select(row => CreateLimit(row, task.Flops));
        var loads = sameWidth
            .Where(row => row.Task == "load" && row.Kibibytes * 1024 >= task.Bytes)
            .OrderBy(row => row.Kibibytes)
            .Take(1)
            .Select(row => CreateLimit(row, task.Bytes));
        return multiplyAdds.Concat(loads).MaxBy(limit => limit.Time);

        Limit CreateLimit(Row row, double? amount)
        {
            const double Giga = 1e9;
            var unitsPerSecond = task.Unit.StartsWith("ns", StringComparison.Ordinal) ? 1e9 : 1e3;
            return new Limit(row, (amount ?? 0) / (row.Median * Giga) * unitsPerSecond);
        }
    }
}
