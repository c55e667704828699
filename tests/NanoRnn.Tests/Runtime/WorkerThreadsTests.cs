namespace NanoRnn.Tests.Runtime;

public class WorkerThreadsTests
{
    [Fact]
    public void EveryPhaseRunsOnceOnEveryThread()
    {
        using var threads = new WorkerThreads(5);
        var counts = new int[5];
        var ids = new HashSet<int>();
        threads.Begin();
        for (var i = 0; i < 100; i++)
        {
            threads.Run(index =>
            {
                counts[index]++;
                lock (ids)
                    ids.Add(Environment.CurrentManagedThreadId);
            });
        }

        threads.End();
        Assert.All(counts, count => Assert.Equal(100, count));
        Assert.Equal(5, ids.Count);
    }

    /// <summary>Of so many threads some have not blocked before their first phase, but have before the second.</summary>
    [Fact]
    public void NoThreadAllocatesAfterTheConstructor()
    {
        const int Count = 5;
        for (var measured = 0; measured < 100;)
        {
            using var threads = new WorkerThreads(Count);
            var collections = GC.CollectionCount(0);
            var first = BytesOfEachThread(threads);
            Thread.Sleep(1);
            var second = BytesOfEachThread(threads);

            // What a collection takes from a thread counts as allocated by it.
            if (GC.CollectionCount(0) != collections)
                continue;
            Assert.Equal(first[1..], second[1..]);
            measured++;
        }

        static long[] BytesOfEachThread(WorkerThreads threads)
        {
            var bytes = new long[Count];
            threads.Begin();
            threads.Run(index => bytes[index] = GC.GetAllocatedBytesForCurrentThread());
            threads.End();
            return bytes;
        }
    }

    [Fact]
    public void EndedThreadsRefuseWork()
    {
        var threads = new WorkerThreads(2);
        threads.Dispose();
        threads.Dispose();
        Assert.Throws<ObjectDisposedException>(threads.Begin);
    }
}
