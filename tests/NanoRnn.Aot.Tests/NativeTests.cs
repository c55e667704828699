using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoRnn.Aot.Tests;

/// <summary>What the published binaries do.</summary>
[Collection(NativeGroup.Name)]
public sealed class NativeTests(NativePrograms programs) : IDisposable
{
    private const int ManyValues = 1_000_000;
    private const int Kills = 12;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn-edge-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SlowFact]
    public void OneFileIsPublishedWithoutWarnings()
    {
        foreach (var program in programs.Edge.Append(programs.Inference))
        {
            Assert.DoesNotContain("warning", program.Log, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(program.Program.Command, Assert.Single(Directory.GetFileSystemEntries(program.Folder)));
        }
    }

    [SlowFact]
    public async Task ForecastsHaveTheSameBitsAsJustInTime()
    {
        var series = Repository.Lines([.. Repository.Sunspots, "-1e6", "1e6", "1e-30", "3e38", "-3e38", "0"]);
        var expected = (await EdgeProgram.JustInTime.RunAsync(series)).Succeed().Output;
        foreach (var program in programs.Runnable.Append(programs.Inference))
            Assert.Equal(expected, (await program.Program.RunAsync(series)).Succeed().Output);
    }

    [SlowFact]
    public async Task LearningHasTheSameBitsAsJustInTime()
    {
        var series = Repository.Lines(Repository.Sunspots.Skip(Repository.TrainingMonths));
        var (expectedWeights, expected) = await LearnAndPredictAsync(EdgeProgram.JustInTime);
        Assert.NotEqual((await EdgeProgram.JustInTime.RunAsync(series)).Output, expected);
        foreach (var program in programs.Runnable)
        {
            var (weights, output) = await LearnAndPredictAsync(program.Program);
            Assert.Equal(expectedWeights, weights);
            Assert.Equal(expected, output);
        }

        async Task<(byte[] Weights, string Output)> LearnAndPredictAsync(EdgeProgram program)
        {
            var path = PathOf(program.Name);
            (await program.RunAsync(series, "learn", "--weights", path)).Succeed();
            return (File.ReadAllBytes(path), (await program.RunAsync(series, "--weights", path)).Succeed().Output);
        }
    }

    [SlowFact]
    public async Task KilledWhileItLearnsLeavesAWholeFile()
    {
        var path = PathOf("learnt");
        var random = new Random(1);
        var program = programs.Runnable.Last().Program;
        var series = Repository.Lines(Enumerable.Repeat(Repository.Sunspots, 2000).SelectMany(months => months));
        for (var i = 0; i < Kills; i++)
        {
            using var process = program.Start("learn", "--weights", path);
            var writing = process.StandardInput.WriteAsync(series);
            Assert.StartsWith("1025 values, loss ", await process.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            await Task.Delay(random.Next(20));
            Assert.False(process.HasExited);
            process.Kill();
            await process.WaitForExitAsync();
            await Assert.ThrowsAnyAsync<IOException>(() => writing);
            Assert.Equal("", (await program.RunAsync("58\n", "--weights", path)).Succeed().Errors);
        }
    }

    [SlowFact]
    public async Task MillionForecastsAllocateNothing()
    {
        var series = Repository.Lines(Enumerable.Range(0, ManyValues).Select(i => (50 + i % 97 * 0.75).ToString(CultureInfo.InvariantCulture)));
        foreach (var program in programs.Runnable.Where(program => program.Cpu != "baseline").Append(programs.Inference))
        {
            var result = (await program.Program.RunAsync(series, "--statistics")).Succeed();
            Assert.EndsWith($"of {ManyValues} values, 0 bytes and 0 collections after it\n", result.Errors, StringComparison.Ordinal);
        }
    }

    [SlowFact]
    public async Task PeakMemoryIsBelowFourMegabytes()
    {
        const int LimitKilobytes = 4 * 1024;
        foreach (var program in programs.Runnable)
        {
            using var process = program.Program.Start();
            for (var i = 0; i < 10_000; i++)
            {
                await process.StandardInput.WriteLineAsync((i % 97).ToString(CultureInfo.InvariantCulture));
                await process.StandardInput.FlushAsync();
                Assert.NotNull(await process.StandardOutput.ReadLineAsync());
            }

            // It waits for the next line, so what the kernel says of it is true.
            var peak = Regex.Match(File.ReadAllText($"/proc/{process.Id}/status"), @"^VmHWM:\s+(\d+) kB$", RegexOptions.Multiline).Groups[1].Value;
            Assert.InRange(int.Parse(peak, CultureInfo.InvariantCulture), 1, LimitKilobytes);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name + ".safetensors");
}
