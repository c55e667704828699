using NanoRnn;

namespace DataParallel;

/// <summary>The series of Mackey and Glass, x' = 0.2 x(t − 17) / (1 + x(t − 17)¹⁰) − 0.1 x: chaotic, and predictable for a while.</summary>
internal static class MackeyGlass
{
    private const int Delay = 17;
    private const int Transient = 200;

    /// <summary>Windows of a series of its own, which begins at a random value.</summary>
    /// <param name="seed">Says which.</param>
    /// <param name="count">How many windows.</param>
    /// <param name="steps">Steps of a window; the target is the value after them.</param>
    public static SequenceDataset Create(int seed, int count, int steps)
    {
        var series = new float[Transient + count + steps];
        series.AsSpan(0, Delay + 1).Fill(0.8f + 0.05f * (seed % 16));
        for (var t = Delay; t < series.Length - 1; t++)
        {
            var (x, delayed) = (series[t], series[t - Delay]);

            // The tenth power as products: the same bits on every machine.
            var (square, fourth) = (delayed * delayed, delayed * delayed * delayed * delayed);
            series[t + 1] = 0.9f * x + 0.2f * delayed / (1 + fourth * fourth * square);
        }

        return SequenceDataset.FromWindows(series.AsMemory(Transient), steps, horizon: 1);
    }
}
