using System.Globalization;

namespace NanoRnn.Aot.Tests;

/// <summary>samples/Edge, which forecasts and learns at the same time.</summary>
public sealed class LiveTests : IDisposable
{
    private static readonly EdgeProgram Edge = EdgeProgram.JustInTime;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn-live-");

    private string Weights => Path.Combine(_folder.FullName, "learnt.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ForecastsAndSavesWhatItHasLearnt()
    {
        var series = Repository.Lines(Repository.Sunspots);
        var result = (await Edge.RunAsync(series, "live", "--weights", Weights)).Succeed();
        Assert.Equal(Repository.Sunspots.Length, Repository.Numbers(result.Output).Length);
        Assert.NotEqual((await Edge.RunAsync(series)).Output, (await Edge.RunAsync(series, "--weights", Weights)).Succeed().Output);
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task SensorThatFailsIsUnlearnt()
    {
        var random = new Random(1);
        string[] faulty = [.. Enumerable.Range(0, 400).Select(_ => random.Next(-3000, 3000).ToString(CultureInfo.InvariantCulture))];
        var result = (await Edge.RunAsync(Repository.Lines([.. Repository.Sunspots, .. faulty, .. Repository.Sunspots]), "live", "--weights", Weights)).Succeed();
        Assert.Contains("went back to the last good weights", result.Errors, StringComparison.Ordinal);
    }

    /// <summary>After however many forecasts it is killed, the file has whole weights, or is not there yet.</summary>
    [Fact]
    public async Task KillAtAnyMomentLeavesGoodWeights()
    {
        var (random, series) = (new Random(2), Repository.Lines(Repository.Sunspots));
        for (var kill = 0; kill < 10; kill++)
        {
            using (var process = Edge.Start("live", "--weights", Weights))
            {
                _ = Task.Run(async () =>
                {
                    try
                    {
                        while (true)
                            await process.StandardInput.WriteAsync(series);
                    }
                    catch (Exception exception) when (exception is IOException or InvalidOperationException)
                    {
                        // It has been killed.
                    }
                });
                for (var forecasts = random.Next(6000); forecasts > 0; forecasts--)
                    Assert.NotNull(await process.StandardOutput.ReadLineAsync());
                process.Kill();
                await process.WaitForExitAsync();
            }

            (await Edge.RunAsync(Repository.Lines("58", "62.6"), "--weights", Weights)).Succeed();
        }

        Assert.True(File.Exists(Weights));
    }
}
