namespace Edge;

/// <summary>What is allocated up to the first value, when the runtime makes what it keeps, and after it.</summary>
internal sealed class Statistics
{
    private long _values;
    private long _bytesAtStart;
    private int _collectionsAtStart;

    /// <summary>Counts a value that is done with.</summary>
    public void Count()
    {
        if (_values++ == 0)
            (_bytesAtStart, _collectionsAtStart) = (GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(0));
    }

    public override string ToString()
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - _bytesAtStart;
        var collections = GC.CollectionCount(0) - _collectionsAtStart;
        return $"{_bytesAtStart} bytes allocated up to the first of {_values} values, {bytes} bytes and {collections} collections after it";
    }
}
