using System.Runtime.InteropServices;

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

        Assert.Equal(["Native.csproj", "Program.cs", "README.md"], Files("Native"));
        Assert.DoesNotContain("publish", await File.ReadAllTextAsync(folder.PathOf("My-Forecast/README.md")), StringComparison.Ordinal);
        Assert.Contains("publish", await File.ReadAllTextAsync(folder.PathOf("Native/README.md")), StringComparison.Ordinal);
        var published = await folder.DotNetAsync("publish", "Native", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "published");
        Assert.Empty(Warnings.In(published.Succeed().Output));
        AssertForecasts(await folder.RunAsync(Path.Combine("published", "Native")));

        async Task NewAsync(params string[] arguments) => (await Command.DotNetAsync(folder.Path, ["new", .. arguments], home)).Succeed();

        IEnumerable<string?> Files(string project) =>
            Directory.GetFiles(folder.PathOf(project), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal);
    }

    private static void AssertForecasts(string output)
    {
        Assert.Empty(Warnings.In(output));
        Assert.Matches(@"Held-out loss: 0\.00", output);
        Assert.Matches(@"\n  \+10  +-?0\.\d{3}\r?\n", output);
    }
}
