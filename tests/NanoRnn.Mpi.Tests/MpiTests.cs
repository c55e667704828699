using System.Diagnostics;
using System.Globalization;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Mpi.Tests;

/// <summary>Processes come to the same bits as one, and none waits for one that is gone.</summary>
public sealed class MpiTests : IDisposable
{
    /// <summary>How long processes may live on when one of them has died.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    private static int Kills => SlowTests.All ? 50 : 2;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Some numbers of processes and threads; all of them with all cases when that has been asked for.</summary>
    public static TheoryData<string, int, int> Numbers()
    {
        var some = new TheoryData<string, int, int> { { "sgd", 2, 1 }, { "adam", 4, 1 }, { "adam", 2, 2 }, { "carried", 2, 1 }, { "rounded", 3, 1 } };
        if (!SlowTests.All)
            return some;
        var all = new TheoryData<string, int, int>();
        foreach (var name in Training.Cases.Keys)
        {
            foreach (var processes in new[] { 1, 2, 4 })
            {
                all.Add(name, processes, 1);
                all.Add(name, processes, 2);
            }
        }

        return all;
    }

    [MpiTheory]
    [MemberData(nameof(Numbers))]
    public async Task ProcessesComeToTheBitsOfOne(string name, int processes, int threads) => await Compare(name, processes, threads);

    /// <summary>A process is killed at any moment, mpirun started again, until the training is done: it is the one that nobody has killed.</summary>
    [MpiFact]
    public async Task KilledTrainingEndsAsAWholeOne()
    {
        var (expected, random, kills, ended) = (Bytes(Training.RunFit(processes: null)), new Random(1), 0, 0);
        var backup = Path.Combine(_folder.FullName, "backup");
        while (kills < Kills || ended == 0)
        {
            foreach (var file in _folder.GetFiles("*.pid"))
                file.Delete();
            var killed = 0L;
            var (code, output) = await MpiRun.RunAsync(2, kills < Kills ? _ => killed = Kill(random) : null, "fit", backup, _folder.FullName);
            if (code == 0)
            {
                Assert.Equal(expected, File.ReadAllBytes(Path.Combine(_folder.FullName, "0.bits")));
                Assert.Equal(expected, File.ReadAllBytes(Path.Combine(_folder.FullName, "1.bits")));
                Assert.False(File.Exists(backup));
                ended++;
                continue;
            }

            Assert.NotEqual(0, killed);
            Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.Zero, LongestEnd);
            Assert.Contains("signal 9", output, StringComparison.Ordinal);
            kills++;
        }
    }

    /// <summary>A process that stands still is not dead to mpirun; the others notice.</summary>
    [MpiFact]
    public async Task StoppedProcessEndsTheOthers()
    {
        var stopped = 0L;
        var (code, output) = await MpiRun.RunAsync(
            2, _ => Signal("STOP", WaitForProcess(1), out stopped), "fit", Path.Combine(_folder.FullName, "backup"), _folder.FullName);
        Assert.NotEqual(0, code);
        Assert.InRange(Stopwatch.GetElapsedTime(stopped), TimeSpan.Zero, 2 * LongestEnd);
        Assert.Contains("Process 0 of 2 has waited 10 s for the others in MPI_I", output, StringComparison.Ordinal);
        Assert.Contains("one of them has died, is stopped, or takes longer than the time-out", output, StringComparison.Ordinal);
    }

    [MpiFact]
    public async Task ProcessThatFailsEndsTheOthers()
    {
        var (code, output) = await MpiRun.RunAsync(2, null, "failing");
        Assert.NotEqual(0, code);
        Assert.Contains("The inputs have 143 floats; expected 1 to 12 sequences of 12", output, StringComparison.Ordinal);
        Assert.Contains("of 2 has waited 2 s for the others", output, StringComparison.Ordinal);
        Assert.Contains("ends all processes.", output, StringComparison.Ordinal);
    }

    [MpiFact]
    public async Task ErrorsHaveNames()
    {
        var (code, output) = await MpiRun.RunAsync(1, null, "misused");
        Assert.Equal((0, true), (code, output.Contains("MPI_ERR_COMM: invalid communicator", StringComparison.Ordinal)));
        Assert.Contains("EndAllToAll ends what BeginAllToAll began, but nothing is under way.", output, StringComparison.Ordinal);
        Assert.Contains("Expected room for 1 parts of 4 bytes", output, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgramWithoutMpirunIsAlone() => Assert.Null(MpiProcessGroup.StartIfLaunched());

    private async Task Compare(string name, int processes, int threads)
    {
        var expected = Bytes(Training.RunSteps(name, processes: null, threads: 1, out _));
        var (code, output) = await MpiRun.RunAsync(
            processes, null, "steps", name, threads.ToString(CultureInfo.InvariantCulture), _folder.FullName);
        Assert.True(code == 0, output);
        for (var rank = 0; rank < processes; rank++)
        {
            Assert.Equal(expected, File.ReadAllBytes(Path.Combine(_folder.FullName, $"{rank}.bits")));
            Assert.Equal("0", File.ReadAllText(Path.Combine(_folder.FullName, $"{rank}.allocated")));
        }
    }

    private long Kill(Random random)
    {
        var process = WaitForProcess(random.Next(2));
        Thread.Sleep(random.Next(1500));
        Signal("KILL", process, out var time);
        return time;
    }

    /// <summary>The process with a number, once it has begun.</summary>
    private int WaitForProcess(int rank)
    {
        var path = Path.Combine(_folder.FullName, $"{rank}.pid");
        for (var start = Stopwatch.GetTimestamp(); ; Thread.Sleep(10))
        {
            if (File.Exists(path) && int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var process))
                return process;
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1));
        }
    }

    private static void Signal(string signal, int process, out long time)
    {
        time = Stopwatch.GetTimestamp();
        using var kill = Process.Start("kill", ["-" + signal, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static byte[] Bytes(float[] numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];
}
