namespace NanoRnn.Fleet;

internal sealed class TrimmedMean(double share) : CoordinateStatistic
{
    protected override float Of(ReadOnlySpan<float> sorted)
    {
        var trimmed = (int)(share * sorted.Length);
        var kept = sorted[trimmed..^trimmed];
        var sum = 0.0;
        foreach (var value in kept)
            sum += value;
        return (float)(sum / kept.Length);
    }
}
