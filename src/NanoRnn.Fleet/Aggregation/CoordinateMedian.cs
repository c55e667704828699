namespace NanoRnn.Fleet;

internal sealed class CoordinateMedian : CoordinateStatistic
{
    protected override float Of(ReadOnlySpan<float> sorted) =>
        (float)(((double)sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
}
