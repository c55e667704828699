using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Text;

namespace NanoRnn.Package.Tests;

/// <summary>The same sources make the same files; symbols lead to the sources.</summary>
[Collection(SharedFeed.Name)]
public class ReproducibilityTests(PackageFeed feed)
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [SlowFact]
    public async Task PackingElsewhereMakesTheSameFiles()
    {
        var again = await feed.PackAgainAsync();
        AssertSameFiles(feed.LibraryPackage, again);
        AssertSameFiles(feed.SymbolsPackage, Path.ChangeExtension(again, "snupkg"));
    }

    [SlowTheory]
    [InlineData("net9.0")]
    [InlineData("net10.0")]
    public void SymbolsHoldTheSources(string framework)
    {
        using var symbols = Open(framework);
        var reader = symbols.GetMetadataReader();
        Assert.NotEmpty(reader.Documents);
        foreach (var document in reader.Documents)
        {
            var name = reader.GetString(reader.GetDocument(document).Name);
            Assert.StartsWith("/_/", name, StringComparison.Ordinal);
            Assert.True(Information(reader, document, EmbeddedSource).Any(), $"{name} is not embedded.");
        }
    }

    [SlowFact]
    public void SymbolsLinkToTheCommit()
    {
        using var symbols = Open("net10.0");
        var reader = symbols.GetMetadataReader();
        var link = Encoding.UTF8.GetString(reader.GetBlobBytes(Assert.Single(Information(reader, EntityHandle.ModuleDefinition, SourceLink)).Value));
        Assert.Matches(@"/example/nanornn/[0-9a-f]{40}/\*", link);
    }

    private static IEnumerable<CustomDebugInformation> Information(MetadataReader reader, EntityHandle parent, Guid kind) =>
        reader.GetCustomDebugInformation(parent).Select(reader.GetCustomDebugInformation).Where(information => reader.GetGuid(information.Kind) == kind);

    private MetadataReaderProvider Open(string framework) =>
        MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(PackageFeed.Read(feed.SymbolsPackage)[$"lib/{framework}/NanoRnn.pdb"]));

    private static void AssertSameFiles(string package, string other)
    {
        var (files, others) = (PackageFeed.Read(package), PackageFeed.Read(other));
        Assert.Equal(files.Keys, others.Keys);
        Assert.Equal([], files.Keys.Where(name => !files[name].AsSpan().SequenceEqual(others[name])));
    }
}
