namespace NanoRnn;

/// <summary>What a shard comes to beside its gradient: the sum of its losses, their number, the outputs that count, and the sums of metrics.</summary>
internal static class ShardFigures
{
    private const int Own = 3;

    /// <summary>Numbers of a shard.</summary>
    public static int CountOf(MetricTracker metrics)
    {
        var count = Own;
        foreach (var state in metrics.States)
            count += state.Sums.Length;
        return count;
    }

    /// <summary>Notes what a shard has come to.</summary>
    public static void Write(Span<double> figures, LossSum loss, MetricTracker metrics)
    {
        (figures[0], figures[1], figures[2]) = (loss.Sum, loss.Terms, loss.Counted);
        figures = figures[Own..];
        foreach (var state in metrics.States)
        {
            state.Sums.CopyTo(figures);
            figures = figures[state.Sums.Length..];
        }
    }

    /// <summary>Adds what a shard has come to to what is known of those before.</summary>
    public static LossSum Add(ReadOnlySpan<double> figures, LossSum before, MetricTracker metrics)
    {
        var sum = before.Plus(new LossSum(figures[0], (long)figures[1], (int)figures[2]));
        figures = figures[Own..];
        foreach (var state in metrics.States)
        {
            foreach (ref var number in state.Sums)
            {
                number += figures[0];
                figures = figures[1..];
            }
        }

        return sum;
    }
}
