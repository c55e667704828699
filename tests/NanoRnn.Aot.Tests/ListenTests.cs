namespace NanoRnn.Aot.Tests;

/// <summary>From WAV files to words: samples/Listen, compiled at run time and as a native binary.</summary>
[Collection(NativeGroup.Name)]
public sealed class ListenTests(NativePrograms programs)
{
    private static readonly EdgeProgram JustInTime =
        new("just in time", EdgeProgram.DotNetPath, Path.Combine(AppContext.BaseDirectory, "listen.dll"));

    private static readonly string[] Words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    private static readonly string[] Recordings =
        [.. Directory.GetFiles(Repository.PathOf("samples/SpokenDigits/data/recordings")).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task RecognisesRecordings()
    {
        var output = (await JustInTime.RunAsync("", Recordings)).Succeed().Output;
        var words = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]);
        Assert.Equal(Recordings.Select(path => Words[Path.GetFileName(path)[0] - '0']), words);
    }

    [Fact]
    public async Task MistakesAreTold()
    {
        var result = await JustInTime.RunAsync("", Repository.PathOf("README.md"));
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("README.md is no WAV file: it should begin with RIFF", result.Errors, StringComparison.Ordinal);
        result = await JustInTime.RunAsync("");
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("Usage: listen FILE.wav", result.Errors, StringComparison.Ordinal);
    }

    [SlowFact]
    public async Task NativeBinarySaysTheSame()
    {
        var expected = (await JustInTime.RunAsync("", Recordings)).Succeed().Output;
        Assert.Equal(expected, (await programs.Listen.Program.RunAsync("", Recordings)).Succeed().Output);
        Assert.Equal(programs.Listen.Program.Command, Assert.Single(Directory.GetFileSystemEntries(programs.Listen.Folder)));
        Assert.DoesNotContain("warning", programs.Listen.Log, StringComparison.OrdinalIgnoreCase);
    }
}
