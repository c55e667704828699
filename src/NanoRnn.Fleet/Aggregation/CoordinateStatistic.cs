namespace NanoRnn.Fleet;

/// <summary>Something of the sorted values of each coordinate.</summary>
internal abstract class CoordinateStatistic : Aggregation
{
    public sealed override void Merge(UpdateTable updates, Span<float> result)
    {
        var column = new float[updates.Count];
        for (var k = 0; k < updates.Length; k++)
        {
            for (var i = 0; i < column.Length; i++)
                column[i] = updates[i][k];
            Array.Sort(column);
            result[k] = Of(column);
        }
    }

    /// <param name="sorted">One value or more.</param>
    protected abstract float Of(ReadOnlySpan<float> sorted);
}
