using System.Text;
using System.Xml.Linq;

namespace NanoRnn.Package.Tests;

/// <summary>What is in the packages, file by file.</summary>
[Collection(SharedFeed.Name)]
public class ContentsTests(PackageFeed feed)
{
    [SlowFact]
    public void LibraryPackageHasTheseFiles() => Assert.Equal(
        [
            "NanoRnn.nuspec",
            "README.md",
            "analyzers/dotnet/cs/NanoRnn.Generators.dll",
            "buildTransitive/NanoRnn.props",
            "buildTransitive/NanoRnn.targets",
            "icon.png",
            "lib/net10.0/NanoRnn.dll",
            "lib/net10.0/NanoRnn.xml",
            "lib/net9.0/NanoRnn.dll",
            "lib/net9.0/NanoRnn.xml",
        ],
        PackageFeed.Read(feed.LibraryPackage).Keys);

    [SlowFact]
    public void OnnxPackageHasTheseFilesAndNeedsTheLibrary()
    {
        Assert.Equal(
            [
                "NanoRnn.Onnx.nuspec",
                "README.md",
                "icon.png",
                "lib/net10.0/NanoRnn.Onnx.dll",
                "lib/net10.0/NanoRnn.Onnx.xml",
                "lib/net9.0/NanoRnn.Onnx.dll",
                "lib/net9.0/NanoRnn.Onnx.xml",
            ],
            PackageFeed.Read(feed.OnnxPackage).Keys);
        var dependencies = Metadata(feed.OnnxPackage, "NanoRnn.Onnx.nuspec").Descendants().Where(element => element.Name.LocalName == "dependency");
        Assert.Equal(["Google.Protobuf", "NanoRnn", "System.Numerics.Tensors"], dependencies.Select(element => element.Attribute("id")!.Value).Distinct().Order());
    }

    [SlowTheory]
    [InlineData("NanoRnn.Mpi", "NanoRnn", "System.Numerics.Tensors")]
    [InlineData("NanoRnn.Fleet", "MQTTnet", "MQTTnet.Server", "NanoRnn", "System.Numerics.Tensors")]
    public void PackagesForSeveralMachinesHaveTheseFilesAndNeedTheLibrary(string name, params string[] dependencies)
    {
        var package = name == "NanoRnn.Mpi" ? feed.MpiPackage : feed.FleetPackage;
        Assert.Equal(
            [$"{name}.nuspec", "README.md", "icon.png", .. from framework in (string[])["net10.0", "net9.0"] from type in (string[])["dll", "xml"] select $"lib/{framework}/{name}.{type}"],
            PackageFeed.Read(package).Keys);
        var elements = Metadata(package, $"{name}.nuspec").Descendants().Where(element => element.Name.LocalName == "dependency").ToArray();
        Assert.Equal(dependencies, elements.Select(element => element.Attribute("id")!.Value).Distinct().Order());
        Assert.All(elements.Where(element => element.Attribute("id")!.Value == "NanoRnn"), element => Assert.Equal(feed.Version, element.Attribute("version")!.Value));
    }

    [SlowFact]
    public void SymbolsPackageHasTheseFiles() => Assert.Equal(
        ["NanoRnn.nuspec", "lib/net10.0/NanoRnn.pdb", "lib/net9.0/NanoRnn.pdb"], PackageFeed.Read(feed.SymbolsPackage).Keys);

    [SlowFact]
    public void TemplatesPackageHasTheseFiles() => Assert.Equal(
        [
            "NanoRnn.Templates.nuspec",
            "README.md",
            "content/nanornn/.template.config/template.json",
            "content/nanornn/NanoRnnApplication.csproj",
            "content/nanornn/Program.cs",
            "content/nanornn/README.md",
            "icon.png",
        ],
        PackageFeed.Read(feed.TemplatesPackage).Keys);

    [SlowFact]
    public void NuspecSaysWhatIsTrue()
    {
        var metadata = Metadata(feed.LibraryPackage, "NanoRnn.nuspec");
        Assert.Equal("NanoRnn", Value("id"));
        Assert.Equal(feed.Version, Value("version"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("expression", Element("license").Attribute("type")!.Value);
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal("README.md", Value("readme"));
        Assert.NotEqual("", Value("description"));
        Assert.NotEqual("", Value("tags"));

        // The address is the property's, wherever the sources have been cloned from.
        Assert.Equal(["type", "url", "commit"], Element("repository").Attributes().Select(attribute => attribute.Name.LocalName));
        Assert.Equal("git", Element("repository").Attribute("type")!.Value);
        Assert.Equal(Value("projectUrl"), Element("repository").Attribute("url")!.Value);
        Assert.StartsWith("https://", Value("projectUrl"), StringComparison.Ordinal);
        Assert.NotEqual(SourceCopy.Remote, Value("projectUrl"));

        // The generator and the analyzers of the build are nobody's dependencies.
        var dependencies = Element("dependencies").Elements().ToDictionary(
            group => group.Attribute("targetFramework")!.Value,
            group => Assert.Single(group.Elements()).Attribute("id")!.Value);
        Assert.Equal(new Dictionary<string, string> { ["net9.0"] = "System.Numerics.Tensors", ["net10.0"] = "System.Numerics.Tensors" }, dependencies);

        XElement Element(string name) => Assert.Single(metadata.Elements(), element => element.Name.LocalName == name);
        string Value(string name) => Element(name).Value;
    }

    [SlowFact]
    public void TemplatesAreTemplates()
    {
        var types = Metadata(feed.TemplatesPackage, "NanoRnn.Templates.nuspec").Elements().Single(element => element.Name.LocalName == "packageTypes");
        Assert.Equal("Template", Assert.Single(types.Elements()).Attribute("name")!.Value);
        var project = Encoding.UTF8.GetString(PackageFeed.Read(feed.TemplatesPackage)["content/nanornn/NanoRnnApplication.csproj"]);
        Assert.Contains(Programs.Reference(feed.Version), project, StringComparison.Ordinal);
    }

    private static XElement Metadata(string package, string nuspec)
    {
        using var stream = new MemoryStream(PackageFeed.Read(package)[nuspec]);
        return XDocument.Load(stream).Root!.Elements().Single();
    }
}
