using System.Text.RegularExpressions;
using NanoRnn.Mutation;
using NanoRnn.Tests.Shared;
using Xunit.Abstractions;

namespace NanoRnn.Behaviour.Tests.Documents;

/// <summary>What the documents say is true: their code compiles, runs and prints what they show; their links lead somewhere.</summary>
public sealed partial class DocumentTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public static TheoryData<string> Programs =>
        [
            "README.md", "docs/training.md", "docs/files.md", "docs/layers.md", "docs/functions.md", "docs/cells.md", "docs/memory.md",
            "docs/precision.md", "docs/data.md", "docs/text.md", "docs/streaming.md", "docs/from-keras.md", "docs/from-pytorch.md",
            "docs/to-python.md", "docs/to-onnx.md",
        ];

    public static TheoryData<string> Documents =>
        [
            "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/training.md", "docs/files.md", "docs/memory.md", "docs/package.md",
            "docs/arm64.md", "docs/edge.md", "docs/precision.md", "docs/layers.md", "docs/functions.md", "docs/cells.md", "bench/README.md",
            "bench/peers/README.md", "docs/data.md", "docs/text.md", "docs/streaming.md", "docs/from-keras.md", "docs/from-pytorch.md",
            "docs/to-python.md", "docs/to-onnx.md",
            "docs/import.md", "docs/scale.md",
        ];

    private static string Root { get; } = FindRoot();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task CodeRunsAndPrintsWhatIsShown(string document)
    {
        var markdown = Read(document);
        var program = DocumentProgram.Compile(markdown, _folder.FullName);
        var printed = await DotNetProcess.RunAsync(program, _folder.FullName, []);
        foreach (var line in printed)
            output.WriteLine(line);
        var shown = DocumentProgram.BlocksOf(markdown, "text")
            .SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.All(shown, line => Assert.Contains(line, printed));
    }

    /// <summary>What the program has saved is read in Python by the lines that the document shows, and gives what it shows.</summary>
    [PyTorchFact]
    public async Task PyTorchGoesOnWithWhatIsSaved()
    {
        var markdown = Read("docs/to-python.md");
        await DotNetProcess.RunAsync(DocumentProgram.Compile(markdown, _folder.FullName), _folder.FullName, []);
        var blocks = DocumentProgram.BlocksOf(markdown, "python").TakeWhile(block => !block.Contains("safetensors.numpy", StringComparison.Ordinal));
        var printed = await PyTorchFactAttribute.RunAsync(string.Join('\n', blocks), _folder.FullName);
        Assert.Equal(DocumentProgram.BlocksOf(markdown, "text").Single(), printed.Trim());
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void LinksLeadSomewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, document))!;
        foreach (Match link in Link().Matches(Read(document)))
        {
            var target = link.Groups["target"].Value;
            if (!target.StartsWith("http", StringComparison.Ordinal))
                Assert.True(Path.Exists(Path.Combine(folder, target)), $"{document} links to {target}, which is not there.");
        }
    }

    /// <summary>What the continuous integration runs is what the README tells people to run.</summary>
    [Fact]
    public void CommandsOfTheReadmeAreThoseOfTheIntegration()
    {
        var commands = DocumentProgram.BlocksOf(Read("README.md"), "sh")
            .SelectMany(block => block.Split('\n'))
            .Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal))
            .ToList();
        var script = Read(".ci/run");
        Assert.Equal(2, commands.Count);
        Assert.All(commands, command => Assert.Contains(command, script, StringComparison.Ordinal));
    }

    private static string Read(string document) => File.ReadAllText(Path.Combine(Root, document)).ReplaceLineEndings("\n");

    /// <summary>Every fault that is listed can be planted: its lines are in their file, once, and its tests are a project's.</summary>
    [Fact]
    public void FaultsCanBePlanted() => Assert.All(Fault.Read(Path.Combine(Root, "tools/mutation/faults.txt")), fault =>
    {
        Assert.Null(fault.FindObstacle(Read(fault.File)));
        Assert.All(fault.Tests, test => Assert.True(Directory.Exists(Path.Combine(Root, "tests", test.Project)), $"{fault.Name}: there is no tests/{test.Project}"));
    });

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NanoRnn.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not lie in the repository.");
        return folder.FullName;
    }

    [GeneratedRegex(@"\]\((?<target>[^)#]+)")]
    private static partial Regex Link();
}
