namespace NanoRnn.Training.Tests.Shards;

/// <summary>Processes that are threads, each with a trainer of its own.</summary>
internal sealed unsafe class ThreadGroup(int rank, ThreadGroup.Common common) : IProcessGroup
{
    private nint _received;

    public int Rank => rank;

    public int Size => common.Sent.Length;

    /// <summary>Runs something as so many processes, and returns what they return.</summary>
    public static T[] Run<T>(int size, Func<IProcessGroup, T> run)
    {
        var common = new Common(size);
        var (results, failures) = (new T[size], new Exception?[size]);
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = run(new ThreadGroup(rank, common));
            }
            catch (Exception failure)
            {
                failures[rank] = failure;
                common.HasFailed = true;
            }
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        return Array.Find(failures, failure => failure is not (null or InvalidOperationException)) is { } first ? throw first : results;
    }

    public void BeginAllToAll(ReadOnlySpan<byte> sent, Span<byte> received)
    {
        Check(sent.Length == received.Length && _received == 0);
        fixed (byte* source = sent, target = received)
            (common.Sent[rank], common.Lengths[rank], _received) = ((nint)source, sent.Length, (nint)target);
    }

    public void EndAllToAll()
    {
        common.Meet();
        foreach (var length in common.Lengths)
            Check(length == common.Lengths[rank]);
        var part = common.Lengths[rank] / Size;
        for (var other = 0; other < Size; other++)
            new ReadOnlySpan<byte>((byte*)common.Sent[other] + rank * part, part).CopyTo(new Span<byte>((byte*)_received + other * part, part));
        _received = 0;
        common.Meet();
    }

    public void AllGather(ReadOnlySpan<byte> part, Span<byte> all)
    {
        fixed (byte* source = part)
        {
            (common.Sent[rank], common.Lengths[rank]) = ((nint)source, part.Length);
            common.Meet();
            for (var other = 0; other < Size; other++)
                new ReadOnlySpan<byte>((byte*)common.Sent[other], common.Lengths[other]).CopyTo(all[(other * part.Length)..]);
            common.Meet();
        }
    }

    /// <summary>Without an assertion, which allocates.</summary>
    private static void Check(bool condition)
    {
        if (!condition)
            throw new ArgumentException("The processes do not call alike.");
    }

    /// <summary>What the processes share.</summary>
    internal sealed class Common(int size)
    {
        private int _meeting;
        private int _arrived;

        public nint[] Sent { get; } = new nint[size];

        public int[] Lengths { get; } = new int[size];

        public volatile bool HasFailed;

        /// <summary>Waits for all, and allocates nothing, which a barrier of the class library does.</summary>
        public void Meet()
        {
            var (meeting, spinner) = (Volatile.Read(ref _meeting), default(SpinWait));
            if (Interlocked.Increment(ref _arrived) == size)
            {
                _arrived = 0;
                Volatile.Write(ref _meeting, meeting + 1);
            }

            while (Volatile.Read(ref _meeting) == meeting)
            {
                spinner.SpinOnce(sleep1Threshold: -1);
                if (HasFailed)
                    throw new InvalidOperationException("Another process has failed.");
            }
        }
    }
}
