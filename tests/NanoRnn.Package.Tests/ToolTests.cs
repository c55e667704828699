using System.Text.RegularExpressions;

namespace NanoRnn.Package.Tests;

/// <summary>The tool, installed from its package.</summary>
[Collection(SharedFeed.Name)]
public class ToolTests(PackageFeed feed)
{
    private const int LargestPackage = 4_000_000;

    [SlowFact]
    public void PackageHasNoNativeLibraries()
    {
        var files = PackageFeed.Read(feed.ToolPackage);
        Assert.DoesNotContain(files.Keys, name => name.Contains("/runtimes/", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(feed.ToolPackage).Length, 1, LargestPackage);
    }

    /// <summary>The commands of the documents, from a folder with nothing but <c>model.onnx</c>, which <c>SaveOnnx</c> has written of an LSTM and a dense layer whose bias is zero.</summary>
    [SlowFact]
    public async Task ThreeCommandsLeadToAPrediction()
    {
        var page = await ReadAsync("docs", "import.md");
        var block = Regex.Match(page, "```sh\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.Contains(block, await ReadAsync("src", "NanoRnn.Tool", "PACKAGE.md"), StringComparison.Ordinal);
        var commands = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, commands.Length);

        var folder = feed.CreateFolder("import");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "model.onnx"), folder.PathOf("model.onnx"));

        // A home of its own: what is installed here is not installed for the user. A package that is no release has to be asked for by its version.
        var tools = folder.PathOf("home/.dotnet/tools");
        await RunAsync($"{commands[0]} --version {feed.Version}");
        Assert.StartsWith("Forecaster: 2 layers, 116 parameters, in Forecaster", await RunAsync(commands[1]), StringComparison.Ordinal);
        var output = await RunAsync(commands[2]);
        Assert.Empty(Warnings.In(output));
        Assert.Matches(@"outputs: -?0\.\d+\n", output);
        Assert.Matches(@"largest difference from the source model: \d(\.\d)?E-0[789]\n", output);

        if (OperatingSystem.IsLinux())
        {
            var completed = await RunAsync("bash", "-c", "source <(nanornn completions bash); COMP_LINE='nanornn im' COMP_POINT=10 COMP_WORDS=(nanornn im) COMP_CWORD=1; _nanornn; echo ${COMPREPLY[@]}");
            Assert.Equal("import\n", completed);
        }

        async Task<string> RunAsync(params string[] command)
        {
            string[] words = command.Length == 1 ? command[0].Split(' ') : command;
            (string, string?)[] environment =
            [
                ("DOTNET_CLI_HOME", folder.PathOf("home")), ("DOTNET_ROOT", Path.GetDirectoryName(Command.DotNetPath)), ("PATH", $"{tools}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}"),
            ];
            var program = words[0] switch { "dotnet" => Command.DotNetPath, "nanornn" => Path.Combine(tools, "nanornn"), var other => other };
            return (await Command.RunAsync(program, folder.Path, words[1..], environment)).Succeed().Output;
        }
    }

    private static Task<string> ReadAsync(params string[] file) => File.ReadAllTextAsync(Path.Combine([SourceCopy.Repository, .. file]));
}
