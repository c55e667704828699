namespace NanoRnn.Tests.Shared;

/// <summary>The bytes that the current thread allocates.</summary>
/// <remarks>
/// A garbage collection, which a test on another thread may cause, takes from every thread the rest of the memory that it had ready for
/// new objects, some KiB, and that counts as allocated. So what is measured is measured again until no collection came between.
/// </remarks>
internal static class AllocatedBytes
{
    private const int Attempts = 1000;

    /// <summary>The bytes of an action that may be repeated.</summary>
    public static long Of(Action action)
    {
        var bytes = 0L;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var collections = GC.CollectionCount(0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (bytes == 0 || GC.CollectionCount(0) == collections)
                break;
        }

        return bytes;
    }
}
