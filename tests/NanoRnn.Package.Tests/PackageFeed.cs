using System.IO.Compression;

namespace NanoRnn.Package.Tests;

/// <summary>
/// A folder with the packages of this source, packed once for all tests, in a version that no other run has: so that nothing in
/// the user's package folder is mistaken for it. What the run leaves there is deleted at its end.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("nanornn-").FullName;
    private readonly string _label = $"test{DateTime.UtcNow:yyyyMMddHHmmss}x{Environment.ProcessId}";

    /// <summary>The folder of packages.</summary>
    public string Folder => Path.Combine(_root, "feed");

    /// <summary>The version of the packages.</summary>
    public string Version => $"0.1.0-{_label}";

    /// <summary>A later version of the same source, which <see cref="PackUpgradeAsync"/> packs.</summary>
    public string UpgradedVersion => $"0.2.0-{_label}";

    public string LibraryPackage => Path.Combine(Folder, $"NanoRnn.{Version}.nupkg");

    public string SymbolsPackage => Path.Combine(Folder, $"NanoRnn.{Version}.snupkg");

    public string OnnxPackage => Path.Combine(Folder, $"NanoRnn.Onnx.{Version}.nupkg");

    public string ToolPackage => Path.Combine(Folder, $"NanoRnn.Tool.{Version}.nupkg");

    public string MpiPackage => Path.Combine(Folder, $"NanoRnn.Mpi.{Version}.nupkg");

    public string FleetPackage => Path.Combine(Folder, $"NanoRnn.Fleet.{Version}.nupkg");

    public string TemplatesPackage => Path.Combine(Folder, $"NanoRnn.Templates.{Version}.nupkg");

    private SourceCopy Sources => new(Path.Combine(_root, "sources"));

    public async Task InitializeAsync()
    {
        if (!SlowTests.Run)
            return;
        await Sources.CreateAsync();
        await Sources.PackAsync("src/NanoRnn", Version, Folder);
        await Sources.PackAsync("src/NanoRnn.Onnx", Version, Folder);
        await Sources.PackAsync("src/NanoRnn.Tool", Version, Folder);
        await Sources.PackAsync("src/NanoRnn.Mpi", Version, Folder);
        await Sources.PackAsync("src/NanoRnn.Fleet", Version, Folder);
        await Sources.PackAsync("templates/NanoRnn.Templates", Version, Folder);
    }

    public Task PackUpgradeAsync() => Sources.PackAsync("src/NanoRnn", UpgradedVersion, Folder);

    /// <summary>Packs the same version from another folder and returns the package's path.</summary>
    public async Task<string> PackAgainAsync()
    {
        var sources = new SourceCopy(Path.Combine(_root, "another folder with sources"));
        await sources.CreateAsync();
        var feed = Path.Combine(_root, "another feed");
        await sources.PackAsync("src/NanoRnn", Version, feed);
        return Path.Combine(feed, Path.GetFileName(LibraryPackage));
    }

    /// <summary>An empty folder, outside the repository, in which the packages can be restored.</summary>
    internal ApplicationFolder CreateFolder(string name) => new(Path.Combine(_root, "applications", name), Folder);

    /// <summary>The files of a package, without what NuGet adds to every one.</summary>
    public static SortedDictionary<string, byte[]> Read(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            if (entry.FullName is "_rels/.rels" or "[Content_Types].xml" || entry.FullName.StartsWith("package/", StringComparison.Ordinal))
                continue;
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            files.Add(entry.FullName, bytes.ToArray());
        }
        return files;
    }

    public async Task DisposeAsync()
    {
        if (SlowTests.Run)
        {
            var line = (await Command.DotNetAsync(_root, "nuget", "locals", "global-packages", "--list")).Succeed().Output;
            var packages = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            foreach (var package in Directory.GetDirectories(packages, "nanornn*"))
                foreach (var version in new[] { Version, UpgradedVersion }.Select(version => Path.Combine(package, version)).Where(Directory.Exists))
                    Directory.Delete(version, recursive: true);
        }
        Directory.Delete(_root, recursive: true);
    }
}
