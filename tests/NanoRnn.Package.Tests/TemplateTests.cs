using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace NanoRnn.Package.Tests;

/// <summary>The template for new projects.</summary>
[Collection(SharedFeed.Name)]
public class TemplateTests(PackageFeed feed)
{
    [SlowFact]
    public async Task NewProjectRuns()
    {
        var folder = feed.CreateFolder("template");

        // A home of its own: what is installed here is not installed for the user.
        (string, string?)[] home = [("DOTNET_CLI_HOME", folder.PathOf("home"))];
        await NewAsync("install", feed.TemplatesPackage);
        await NewAsync("nanornn", "-o", "My-Forecast");
        await NewAsync("nanornn", "-o", "Native", "--framework", "net9.0", "--aot");
        await NewAsync("uninstall", "NanoRnn.Templates");
        Assert.NotEqual(0, (await Command.DotNetAsync(folder.Path, ["new", "nanornn", "-o", "Gone"], home)).ExitCode);

        Assert.Equal(["My-Forecast.csproj", "Program.cs", "README.md"], Files("My-Forecast"));
        var output = (await folder.DotNetAsync("run", "-c", "Release", "--project", "My-Forecast")).Succeed().Output;
        AssertForecasts(output);
        Assert.True(File.Exists(folder.PathOf("forecaster.safetensors")));
        Assert.Equal("svg", XDocument.Load(folder.PathOf("loss.svg")).Root!.Name.LocalName);

        Assert.Equal(["Native.csproj", "Program.cs", "README.md"], Files("Native"));
        Assert.DoesNotContain("publish", await File.ReadAllTextAsync(folder.PathOf("My-Forecast/README.md")), StringComparison.Ordinal);
        Assert.Contains("publish", await File.ReadAllTextAsync(folder.PathOf("Native/README.md")), StringComparison.Ordinal);
        var published = await folder.DotNetAsync("publish", "Native", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "published");
        Assert.Empty(Warnings.In(published.Succeed().Output));
        AssertForecasts(await folder.RunAsync(Path.Combine("published", "Native")));
        Assert.DoesNotContain("ScottPlot", await File.ReadAllTextAsync(folder.PathOf("Native/Program.cs")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.PathOf("published"), "*Skia*"));

        async Task NewAsync(params string[] arguments) => (await Command.DotNetAsync(folder.Path, ["new", .. arguments], home)).Succeed();

        IEnumerable<string?> Files(string project) =>
            Directory.GetFiles(folder.PathOf(project), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal);
    }

    /// <summary>As the project's README says: a folder of packages is all that it needs.</summary>
    [SlowFact]
    public async Task NewProjectRunsWithoutANetwork()
    {
        var folder = feed.CreateFolder("offline");
        (string, string?)[] home = [("DOTNET_CLI_HOME", folder.PathOf("home"))];
        (await Command.DotNetAsync(folder.Path, ["new", "install", feed.TemplatesPackage], home)).Succeed();
        (await Command.DotNetAsync(folder.Path, ["new", "nanornn", "-o", "Forecast"], home)).Succeed();
        (await folder.DotNetAsync("restore", "Forecast", "--packages", "feed")).Succeed();

        // Elsewhere: no source but the folder, and nothing restored before.
        Directory.Delete(folder.PathOf("Forecast/obj"), recursive: true);
        (string, string?)[] machine = [("NUGET_PACKAGES", folder.PathOf("packages"))];
        folder.Write("NuGet.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        var run = (string[])["run", "-c", "Release", "--project", "Forecast"];
        Assert.NotEqual(0, (await Command.DotNetAsync(folder.Path, run, machine)).ExitCode);
        var output = await Command.DotNetAsync(folder.Path, [.. run, $"--property:RestoreSources={folder.PathOf("feed")}"], machine);
        AssertForecasts(output.Succeed().Output);
    }

    private static void AssertForecasts(string output)
    {
        Assert.Empty(Warnings.In(output));
        Assert.Matches(@"Held-out loss: 0\.00", output);
        Assert.Matches(@"\n  \+10  +-?0\.\d{3}\r?\n", output);
    }
}
