namespace NanoRnn.Package.Tests;

/// <summary>
/// An empty folder for a user's project, with no setting of this repository; packages come from the feed of the run and from the
/// sources that the machine has.
/// </summary>
internal sealed class ApplicationFolder
{
    private const string Empty = "<Project />";

    public ApplicationFolder(string path, string feed)
    {
        Path = path;
        Write("Directory.Build.props", Empty);
        Write("Directory.Build.targets", Empty);
        Write("Directory.Packages.props", Empty);
        Write(
            "NuGet.config",
            $"""
            <configuration>
              <packageSources>
                <add key="run" value="{feed}" />
              </packageSources>
            </configuration>
            """);
    }

    public string Path { get; }

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    public void Write(string file, string text)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Writes a project that references a package.</summary>
    /// <param name="file">The project's file.</param>
    /// <param name="framework">The target framework.</param>
    /// <param name="reference">The reference, an element of an item group.</param>
    /// <param name="properties">Elements of a property group.</param>
    public void WriteProject(string file, string framework, string reference, string properties = "") =>
        Write(
            file,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {reference}
              </ItemGroup>
            </Project>
            """);

    public async Task<CommandResult> DotNetAsync(params string[] arguments) => await Command.DotNetAsync(Path, arguments);

    /// <summary>Runs a program that a build has made, for instance a native one.</summary>
    public async Task<string> RunAsync(string program) => (await Command.RunAsync(PathOf(program), Path, [], [])).Succeed().Output;
}
