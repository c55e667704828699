namespace NanoRnn.Aot.Tests;

/// <summary>What the whole binary for ARM64 does, with the real runtime of .NET, under emulation.</summary>
public sealed class Arm64Tests(Arm64Program arm64) : IClassFixture<Arm64Program>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn-edge-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Arm64Fact]
    public async Task ForecastsHaveTheBitsOfX64WithoutAllocating()
    {
        Assert.DoesNotContain("warning", arm64.Log, StringComparison.OrdinalIgnoreCase);
        var series = Repository.Lines([.. Repository.Sunspots, "-1e6", "1e6", "1e-30", "3e38", "-3e38", "0"]);
        var expected = (await EdgeProgram.JustInTime.RunAsync(series)).Succeed();
        var found = (await arm64.Program.RunAsync(series, "--statistics")).Succeed();
        Assert.Equal(expected.Output, found.Output);
        Assert.EndsWith("values, 0 bytes and 0 collections after it\n", found.Errors, StringComparison.Ordinal);
    }

    [Arm64Fact]
    public async Task LearningHasTheBitsOfX64()
    {
        var series = Repository.Lines(Repository.Sunspots.Skip(Repository.TrainingMonths));
        Assert.Equal(await LearnAsync(EdgeProgram.JustInTime), await LearnAsync(arm64.Program));

        async Task<byte[]> LearnAsync(EdgeProgram program)
        {
            var path = Path.Combine(_folder.FullName, program.Name + ".safetensors");
            (await program.RunAsync(series, "learn", "--weights", path)).Succeed();
            return File.ReadAllBytes(path);
        }
    }
}
