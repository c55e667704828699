using System.Diagnostics;

namespace NanoRnn.Tests.Runtime;

/// <summary>No thread sleeps through a phase, however long phases are in coming.</summary>
public class WorkerThreadsPauseTests
{
    private const int Threads = 4;

    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(1);

    /// <summary>Longer than any machine keeps a thread from its turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly int[] _counts = new int[Threads];
    private int _phases;

    [SlowFact("Starts phases for a minute")]
    public void NoWakeUpIsLost()
    {
        var worker = new Thread(Step) { IsBackground = true };
        worker.Start();
        for (var seen = -1; !worker.Join(Patience);)
        {
            var now = Volatile.Read(ref _phases);
            Assert.True(now > seen, $"A thread has not seen phase {now}: nothing has happened for {Patience.TotalSeconds} s.");
            seen = now;
        }

        Assert.All(_counts, count => Assert.Equal(_phases, count));
    }

    /// <summary>
    /// A thread that waits spins, and blocks after a while: pauses of every length around that while, between phases and between steps.
    /// </summary>
    private void Step()
    {
        using var threads = new WorkerThreads(Threads);
        var random = new Random(1);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Duration)
        {
            threads.Begin();
            for (var phase = random.Next(1, 4); phase > 0; phase--)
            {
                threads.Run(index => _counts[index]++);
                Volatile.Write(ref _phases, _phases + 1);
                Pause(random);
            }

            threads.End();
            Pause(random);
        }
    }

    private static void Pause(Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                Thread.SpinWait(random.Next(1 << random.Next(16)));
                break;
            case 1:
                Thread.Yield();
                break;
            case 2:
                // As long as it takes the others to stop spinning.
                for (var i = random.Next(40); i > 0; i--)
                    Thread.Sleep(0);
                break;
        }
    }
}
