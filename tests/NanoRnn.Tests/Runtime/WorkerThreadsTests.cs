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

    /// <summary>Of so many threads some do not block before their first phase, but all do before the last.</summary>
    [Fact]
    public void NoThreadAllocatesAfterTheConstructor()
    {
        const int Count = 5;
        var all = new WorkerThreads[100];
        var first = new long[all.Length][];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = new WorkerThreads(Count);
            first[i] = BytesOfEachThread(all[i]);
        }

        Thread.Sleep(20);
        for (var i = 0; i < all.Length; i++)
        {
            BytesOfEachThread(all[i]);
            Thread.Sleep(1);
            Assert.Equal(first[i][1..], BytesOfEachThread(all[i])[1..]);
            all[i].Dispose();
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
