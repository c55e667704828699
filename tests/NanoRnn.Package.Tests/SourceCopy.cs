namespace NanoRnn.Package.Tests;

/// <summary>
/// The sources of the packages in a folder of their own, as a repository with one commit: what a clone is, with the changes that are
/// not committed yet. Packing it touches nothing that the developer's builds use.
/// </summary>
internal sealed class SourceCopy(string folder)
{
    private static readonly string[] Parts =
    [
        "src", "generators", "templates", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", ".editorconfig", "global.json",
    ];

    /// <summary>The address of the repository that the copy says it comes from.</summary>
    public const string Remote = "https://github.com/example/nanornn";

    /// <summary>The root of this repository.</summary>
    public static string Repository { get; } = FindRepository();

    public async Task CreateAsync()
    {
        var listing = await Command.GitAsync(Repository, ["ls-files", "--cached", "--others", "--exclude-standard", "--", .. Parts]);
        foreach (var file in listing.Succeed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            var source = Path.Combine(Repository, file);
            var target = Path.Combine(folder, file);
            if (!File.Exists(source))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }
        string[][] commands =
        [
            ["init", "--quiet"],
            ["remote", "add", "origin", Remote],
            ["add", "--all"],
            ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "Copy"],
        ];
        foreach (var command in commands)
            (await Command.GitAsync(folder, command)).Succeed();
    }

    /// <summary>Packs a project as a build machine does.</summary>
    public async Task PackAsync(string project, string version, string feed)
    {
        var result = await Command.DotNetAsync(
            folder, "pack", project, $"-p:Version={version}", "-p:ContinuousIntegrationBuild=true", "-o", feed);
        result.Succeed();
        Assert.DoesNotMatch(Warnings.Pattern, result.Output);
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "NanoRnn.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No folder above the tests has NanoRnn.sln.");
        return folder;
    }
}
