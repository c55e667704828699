using System.Runtime.InteropServices;

namespace NanoRnn.Package.Tests;

/// <summary>Applications compiled by NativeAOT: no warning but ours, and the bits that the JIT has.</summary>
[Collection(SharedFeed.Name)]
public class NativeTests(PackageFeed feed)
{
    private static readonly string Rid = RuntimeInformation.RuntimeIdentifier;

    [SlowFact(OnX64 = true)]
    public async Task NativeBinariesHaveTheBitsOfTheJit()
    {
        var folder = feed.CreateFolder("native");
        folder.Write("Forecaster.cs", Programs.Model);
        folder.Write("Program.cs", Programs.Training);
        WriteProject("net10.0", "");
        var expected = Programs.Line((await folder.DotNetAsync("run")).Succeed().Output, "bits");

        // Without a choice there is one warning, and fused multiply-add is a call.
        var (warnings, output) = await PublishAsync("net9.0", "");
        Assert.Equal(["NRNN1001"], warnings);
        Assert.Equal(expected, Programs.Line(output, "bits"));
        Assert.Equal("vectors True False False fma False", Programs.Line(output, "vectors"));

        foreach (var framework in (string[])["net9.0", "net10.0"])
        {
            (warnings, output) = await PublishAsync(framework, "<NanoRnnCpu>v3</NanoRnnCpu>");
            Assert.Empty(warnings);
            Assert.Equal(expected, Programs.Line(output, "bits"));
            Assert.Equal("vectors True True False fma True", Programs.Line(output, "vectors"));
        }

        void WriteProject(string framework, string properties) =>
            folder.WriteProject("Native.csproj", framework, Programs.Reference(feed.Version), Programs.Executable + properties);

        async Task<(IEnumerable<string> Warnings, string Output)> PublishAsync(string framework, string properties)
        {
            WriteProject(framework, "<PublishAot>true</PublishAot>" + properties);
            var published = (await folder.DotNetAsync("publish", "-r", Rid, "-o", "published")).Succeed().Output;
            return (Warnings.In(published), await folder.RunAsync(Path.Combine("published", "Native")));
        }
    }
}
