using System.Diagnostics;
using System.Runtime;

namespace NanoRnn.Benchmarks.Rows;

/// <summary>How long to measure: calls until the JIT has compiled nothing for some milliseconds, then batches of calls.</summary>
internal sealed record Effort(double WarmUp, double Batch, int Batches)
{
    /// <summary>For figures that count.</summary>
    public static Effort Full { get; } = new(WarmUp: 400, Batch: 10, Batches: 31);

    /// <summary>For seeing that everything works.</summary>
    public static Effort Quick { get; } = new(WarmUp: 5, Batch: 1, Batches: 3);

    /// <summary>Milliseconds of a call: the median batch and the fastest one.</summary>
    public (double Median, double Min) Measure(Action call)
    {
        RunUntilCompiled(call);
        var calls = 1;
        while (Time(call, calls) < Batch)
            calls *= 2;
        calls = Math.Max(1, (int)(calls * Batch / Time(call, calls)));

        var batches = new double[Batches];
        foreach (ref var batch in batches.AsSpan())
            batch = Time(call, calls) / calls;
        Array.Sort(batches);
        return (batches[Batches / 2], batches[0]);
    }

    private void RunUntilCompiled(Action call)
    {
        var (start, compiled) = (Stopwatch.GetTimestamp(), JitInfo.GetCompiledMethodCount());
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmUp)
        {
            call();
            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
                (start, compiled) = (Stopwatch.GetTimestamp(), now);
        }
    }

    private static double Time(Action call, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
