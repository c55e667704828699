namespace NanoRnn.Coefficients;

/// <summary>
/// Rounds numbers to floats: not each by itself, since their errors can cancel, but by trying neighbours and keeping what is no worse.
/// </summary>
internal static class FloatSearch
{
    private const int Restarts = 2;
    private const int Trials = 10_000;

    public static float[] Improve(float[] start, Fit fit)
    {
        var random = new Random(1);
        var (best, leastError) = (start, fit.Measure(start));
        for (var restart = 0; restart < Restarts; restart++)
        {
            var (current, error) = (start, fit.Measure(start));
            for (var trial = 0; trial < Trials; trial++)
            {
                // Wide steps first, then ever smaller ones.
                var changed = Change(current, fit, random, reach: 2 + 20 * (Trials - trial) / Trials);
                var changedError = fit.Measure(changed, error);
                if (changedError <= error)
                    (current, error) = (changed, changedError);
            }

            if (error < leastError)
                (best, leastError) = (current, error);
        }

        return best;
    }

    private static float[] Change(float[] coefficients, Fit fit, Random random, int reach)
    {
        var changed = coefficients.ToArray();
        for (var count = 1 + random.Next(3); count > 0; count--)
        {
            var i = random.Next(changed.Length);
            if (!fit.IsFixed(i))
                changed[i] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(changed[i]) + random.Next(-reach, reach + 1));
        }

        return changed;
    }
}
