using System.Globalization;
using NanoRnn.Benchmarks.Rows;

namespace NanoRnn.Benchmarks.Table;

/// <summary>The rows of a run as Markdown.</summary>
internal static class SideBySideTable
{
    private const string Own = "nanornn";

    private const string Legend =
        "The limit is the one that the task meets first, measured on the same core in the same run: multiply-adds, or loads of all " +
        "weights in every step from the smallest memory that holds them. Activations are not counted.";

    public static void Write(IReadOnlyList<Row> rows, TextWriter writer)
    {
        var merged = Repeats.Merge(rows);
        var limits = new MachineLimits(merged);
        var own = merged.Where(row => row.Peer == Own).ToList();
        var peers = merged.Where(row => row.Peer is not (Own or MachineLimits.Peer)).ToList();
        if (own.Count > 0)
        {
            WriteTasks(own, peers, limits, writer);
            writer.WriteLine();
            writer.WriteLine(Legend);
            writer.WriteLine(FormattableString.Invariant(
                $"Repeats of NanoRnn's figures differ by {Repeats.LargestSpread(rows.Where(row => row.Peer == Own)):P1} at most."));
            writer.WriteLine();
        }

        if (limits.Rows.Count > 0)
            WriteLimits(limits.Rows, writer);
    }

    private static void WriteTasks(List<Row> own, List<Row> peers, MachineLimits limits, TextWriter writer)
    {
        writer.WriteLine("| task | cell | units | NanoRnn | fastest peer | its median | times slower | limit | NanoRnn reaches |");
        writer.WriteLine("|---|---|---:|---:|---|---:|---:|---|---:|");
        foreach (var row in own)
        {
            var peer = peers.Where(peer => CanStandFor(peer, row)).MinBy(peer => peer.Median);
            var limit = limits.Find(row);
            string[] cells =
            [
                row.Task,
                row.Cell ?? "",
                $"{row.Hidden}",
                $"{Number(row.Median)} {row.Unit}",
                peer is null ? "–" : peer.Task == row.Task ? peer.Peer : $"{peer.Peer} ({peer.Task})",
                peer is null ? "–" : $"{Number(peer.Median)} {peer.Unit}",
                peer is null ? "–" : Number(peer.Median / row.Median),
                limit is null ? "–" : Describe(limit.Row),
                limit is null ? "–" : FormattableString.Invariant($"{limit.Time / row.Median:P0}"),
            ];
            writer.WriteLine($"| {string.Join(" | ", cells)} |");
        }
    }

    /// <summary>Whether a peer's row is of the same task. A sequence can be streamed, too: the faster way counts.</summary>
    private static bool CanStandFor(Row peer, Row row) =>
        (peer.Cell, peer.Hidden, peer.Threads, peer.Unit) == (row.Cell, row.Hidden, row.Threads, row.Unit)
        && (peer.Task == row.Task || (row.Task == "seq100" && peer.Task == "stream"));

    private static void WriteLimits(IEnumerable<Row> limits, TextWriter writer)
    {
        writer.WriteLine("| limit of the core | measured |");
        writer.WriteLine("|---|---:|");
        foreach (var row in limits)
            writer.WriteLine($"| {Describe(row)} | {Number(row.Median)} {row.Unit} |");
    }

    private static string Describe(Row limit) => limit.Task switch
    {
        "fma_f32" => $"multiply-adds, {limit.Vectors} bits",
        "load" => $"loads from {limit.Kibibytes} KiB, {limit.Vectors} bits",
        "core_clock" => "clock",
        _ => limit.Task,
    };

    private static string Number(double value) =>
        value.ToString(value < 10 ? "F2" : value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
