using System.Text.Json;

namespace NanoRnn.Package.Tests;

/// <summary>What the build properties and items of the package come to in a project.</summary>
[Collection(SharedFeed.Name)]
public class PropertyTests(PackageFeed feed)
{
    [SlowFact]
    public async Task CpuSetsInstructionsAndWidths()
    {
        var folder = await CreateAsync("cpu");
        (string Framework, string Rid, string Properties, string InstructionSet, string Widths)[] cases =
        [
            ("net9.0", "linux-x64", "NanoRnnCpu=v3", "x86-x64-v3", "256"),
            ("net10.0", "linux-x64", "NanoRnnCpu=v3", "x86-64-v3", "256"),
            ("net9.0", "win-x64", "NanoRnnCpu=v4", "x86-x64-v4", "256,512"),
            ("net10.0", "osx-x64", "NanoRnnCpu=V4", "x86-64-v4", "256,512"),
            ("net10.0", "linux-musl-x64", "NanoRnnCpu=baseline", "", "128"),
            ("net10.0", "linux-arm64", "NanoRnnCpu=v3", "", ""),
            ("net10.0", "linux-x64", "", "", ""),
            ("net10.0", "linux-x64", "NanoRnnCpu=v3;PublishAot=false", "", ""),
            ("net10.0", "linux-x64", "NanoRnnCpu=v3;NanoRnnVectorWidths=128", "x86-64-v3", "128"),
            ("net10.0", "linux-x64", "IlcInstructionSet=native", "native", ""),
        ];
        foreach (var (framework, rid, properties, instructionSet, widths) in cases)
        {
            using var evaluated = await EvaluateAsync(
                folder, $"-p:TargetFramework={framework};RuntimeIdentifier={rid};{properties}", "-getProperty:IlcInstructionSet,NanoRnnVectorWidths");
            var values = evaluated.RootElement.GetProperty("Properties");
            Assert.Equal(
                (framework, rid, properties, instructionSet, widths),
                (framework, rid, properties, values.GetProperty("IlcInstructionSet").GetString()!, values.GetProperty("NanoRnnVectorWidths").GetString()!));
        }
    }

    [SlowTheory]
    [InlineData("NanoRnnCpu=v9", "error NRNN1002: The property NanoRnnCpu is 'v9'; expected is baseline, v3 (AVX2) or v4 (AVX-512).")]
    [InlineData(
        "NanoRnnCpu=v3;IlcInstructionSet=native",
        "error NRNN1003: The properties NanoRnnCpu ('v3') and IlcInstructionSet ('native') both say which processor to compile for; remove one.")]
    public async Task WrongCpuIsAnError(string properties, string error)
    {
        var folder = await CreateAsync($"wrong{properties.Length}");
        var built = await folder.DotNetAsync("build", "--no-restore", $"-p:{properties}");
        Assert.NotEqual(0, built.ExitCode);
        Assert.Contains(error, built.Output, StringComparison.Ordinal);
    }

    [SlowFact]
    public async Task FilesOfPyTorchAreLeftOutOnDemand()
    {
        var folder = await CreateAsync("pytorch");
        Assert.Empty(await ListAsync("NanoRnnPyTorchFiles=true"));
        Assert.Equal(["NanoRnn.PyTorchFiles false true"], await ListAsync("NanoRnnPyTorchFiles=false"));

        async Task<IEnumerable<string>> ListAsync(string given)
        {
            using var evaluated = await EvaluateAsync(folder, $"-p:{given}", "-getItem:RuntimeHostConfigurationOption");
            return evaluated.RootElement.GetProperty("Items").GetProperty("RuntimeHostConfigurationOption").EnumerateArray()
                .Where(item => item.GetProperty("Identity").GetString()!.StartsWith("NanoRnn", StringComparison.Ordinal))
                .Select(item => string.Join(' ', ((string[])["Identity", "Value", "Trim"]).Select(name => item.GetProperty(name).GetString())))
                .ToList();
        }
    }

    [SlowFact]
    public async Task ModelFilesAreAdditionalFiles()
    {
        var folder = await CreateAsync("weights");
        foreach (var file in (string[])["a.safetensors", "models/b.safetensors", "listed.safetensors", "bin/c.safetensors", "obj/d.safetensors", "no/e.safetensors", "f.txt"])
            folder.Write(file, "");
        const string properties = "-p:Listed=./listed.safetensors";
        Assert.Equal(["./listed.safetensors", "a.safetensors", "models/b.safetensors"], await ListAsync(properties));
        Assert.Equal(["./listed.safetensors"], await ListAsync($"{properties};EnableDefaultNanoRnnWeights=false"));

        async Task<IEnumerable<string>> ListAsync(string given)
        {
            using var evaluated = await EvaluateAsync(folder, given, "-getItem:AdditionalFiles");
            return evaluated.RootElement.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray()
                .Select(item => item.GetProperty("Identity").GetString()!.Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
                .ToList();
        }
    }

    private static async Task<JsonDocument> EvaluateAsync(ApplicationFolder folder, string properties, string wanted) =>
        JsonDocument.Parse((await folder.DotNetAsync("msbuild", properties, wanted)).Succeed().Output);

    private async Task<ApplicationFolder> CreateAsync(string name)
    {
        var folder = feed.CreateFolder(name);
        folder.WriteProject(
            "Properties.csproj", "net10.0", Programs.Reference(feed.Version) + """<AdditionalFiles Include="$(Listed)" />""",
            "<PublishAot>true</PublishAot><DefaultItemExcludes>$(DefaultItemExcludes);no/**</DefaultItemExcludes>");
        folder.Write("Forecaster.cs", Programs.Model);
        (await folder.DotNetAsync("restore")).Succeed();
        return folder;
    }
}
