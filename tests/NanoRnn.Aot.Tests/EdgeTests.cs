using System.Globalization;
using System.Text.RegularExpressions;

namespace NanoRnn.Aot.Tests;

/// <summary>What samples/Edge does, compiled at run time.</summary>
public sealed class EdgeTests : IDisposable
{
    private static readonly EdgeProgram Edge = EdgeProgram.JustInTime;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn-edge-");

    private string Weights => Path.Combine(_folder.FullName, "learnt.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task TrainingGivesTheShippedWeights()
    {
        var series = Repository.Lines(Repository.Sunspots.Take(Repository.TrainingMonths));
        (await Edge.RunAsync(series, "train", "--weights", Weights)).Succeed();
        Assert.Equal(File.ReadAllBytes(Repository.PathOf("samples/Edge/forecaster.safetensors")), File.ReadAllBytes(Weights));
    }

    [Fact]
    public async Task ForecastsAreBetterThanPersistence()
    {
        var result = (await Edge.RunAsync(Repository.Lines(Repository.Sunspots))).Succeed();
        Assert.Equal("", result.Errors);
        var forecasts = Repository.Numbers(result.Output);
        var truth = Repository.Numbers(Repository.Lines(Repository.Sunspots));
        Assert.Equal(truth.Length, forecasts.Length);
        var (network, persistence) = (0.0, 0.0);
        for (var month = Repository.TrainingMonths; month < truth.Length; month++)
        {
            network += Math.Pow(forecasts[month - 1] - truth[month], 2);
            persistence += Math.Pow(truth[month - 1] - truth[month], 2);
        }

        // Root mean square errors of 18.25 and 20.09 sunspots when the weights were made.
        Assert.InRange(Math.Sqrt(network / persistence), 0.8, 0.93);
    }

    [Fact]
    public async Task BadLinesAreToldAndLoseNothing()
    {
        string[] numbers = ["58", "62.6", "-1e1", "0"];
        var longLine = new string('1', 10_000);
        string[] lines = ["58", "abc", "", "62.6", "NaN", "1e39", " -1e1 \r", "1 2", longLine, "0"];
        var expected = (await Edge.RunAsync(Repository.Lines(numbers))).Succeed();
        var result = (await Edge.RunAsync(Repository.Lines(lines))).Succeed();
        Assert.Equal(expected.Output, result.Output);
        Assert.Equal(
            ["2", "3", "5", "6", "8", "9"],
            Regex.Matches(result.Errors, @"^edge: line (\d+): expected a number such as -12\.5, found '.*'; the line is left out\.$", RegexOptions.Multiline)
                .Select(match => match.Groups[1].Value));
        Assert.Contains("found 'abc'", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("58\n62.6\n")]
    [InlineData("58\n62.6")]
    [InlineData("58\r\n62.6\r\n")]
    public async Task LinesEndInAnyWay(string input)
    {
        var result = (await Edge.RunAsync(input)).Succeed();
        Assert.Equal("", result.Errors);
        Assert.Equal(2, Repository.Numbers(result.Output).Length);
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    public async Task LongLastLineIsTold(int length)
    {
        var result = (await Edge.RunAsync(new string('x', length))).Succeed();
        Assert.StartsWith("edge: line 1: expected a number", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswersBeforeTheNextLineComes()
    {
        using var process = Edge.Start();
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        string[] lines = ["58", "62.6", "70"];
        var forecasts = Repository.Numbers((await Edge.RunAsync(Repository.Lines(lines))).Succeed().Output);
        foreach (var (line, forecast) in lines.Zip(forecasts))
        {
            await process.StandardInput.WriteLineAsync(line.AsMemory(), timeout.Token);
            await process.StandardInput.FlushAsync(timeout.Token);
            Assert.Equal(forecast, float.Parse((await process.StandardOutput.ReadLineAsync(timeout.Token))!, CultureInfo.InvariantCulture));
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(timeout.Token);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task LearningGoesOnFromWhatWasSaved()
    {
        var series = Repository.Lines(Repository.Sunspots.Skip(Repository.TrainingMonths));
        var losses = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            var report = (await Edge.RunAsync(series, "learn", "--weights", Weights)).Succeed().Output;
            losses.Add(double.Parse(Regex.Match(report, @"^564 values, loss (\S+)\n$").Groups[1].Value, CultureInfo.InvariantCulture));
        }

        Assert.Equal(losses.OrderDescending(), losses);
        var before = (await Edge.RunAsync(series)).Succeed().Output;
        var after = (await Edge.RunAsync(series, "--weights", Weights)).Succeed().Output;
        Assert.NotEqual(before, after);
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task WeightsOfAnotherFileThatIsNotThereAreTheShippedOnes()
    {
        var series = Repository.Lines("58", "62.6");
        Assert.Equal((await Edge.RunAsync(series)).Output, (await Edge.RunAsync(series, "--weights", Weights)).Succeed().Output);
    }

    [Fact]
    public async Task LossThatIsNotFiniteIsNotSaved()
    {
        var result = await Edge.RunAsync(Repository.Lines("3e38", "-3e38", "3e38"), "learn", "--weights", Weights);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not saved", result.Errors, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData("unknown argument 'guess'", "guess")]
    [InlineData("--weights needs a file", "--weights")]
    [InlineData("learn needs --weights", "learn")]
    [InlineData("train needs --weights", "train")]
    [InlineData("unknown argument '--statistics'", "learn", "--statistics")]
    public async Task WrongCommandLineIsExplained(string message, params string[] arguments)
    {
        var result = await Edge.RunAsync("", arguments);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Contains("Usage: edge", result.Errors, StringComparison.Ordinal);
    }

    /// <summary>Its project says that it loads what it has saved alone.</summary>
    [Fact]
    public async Task FilesOfPyTorchAreAnError()
    {
        var result = await Edge.RunAsync("58\n", "--weights", Repository.PathOf("tests/golden/pytorch/lstm.f32.safetensors"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the file is PyTorch's, which this program does not load: its project's property NanoRnnPyTorchFiles is false", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedWeightsAreAnError()
    {
        File.WriteAllText(Weights, "no weights");
        var result = await Edge.RunAsync("58\n", "--weights", Weights);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"edge: {Weights}", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("learn", "1")]
    [InlineData("train", "1")]
    public async Task NothingToLearnFromIsTold(string verb, string input)
    {
        var result = await Edge.RunAsync(input, verb, "--weights", Weights);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("expected two numbers or more", result.Errors, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }
}
