using System.Text.RegularExpressions;

namespace NanoRnn.Package.Tests;

/// <summary>Applications that reference the package run, without a warning.</summary>
[Collection(SharedFeed.Name)]
public class ApplicationTests(PackageFeed feed)
{
    [SlowFact]
    public async Task ProgramOfThePackagePageRuns()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(SourceCopy.Repository, "src", "NanoRnn", "PACKAGE.md"));
        var program = Regex.Match(page, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var folder = feed.CreateFolder("page");
        folder.WriteProject("Page.csproj", "net10.0", Programs.Reference(feed.Version), Programs.Executable);
        folder.Write("Program.cs", program);
        var output = (await folder.DotNetAsync("run", "-c", "Release")).Succeed().Output;
        Assert.Empty(Warnings.In(output));
        Assert.Contains("Total params: 10,451", output, StringComparison.Ordinal);
        Assert.Matches(@"held-out loss 0\.00", output);
        Assert.True(File.Exists(folder.PathOf("forecaster.safetensors")));
    }

    /// <summary>A program that trains with both packages, alone: no processes, and a fleet in memory.</summary>
    [SlowFact]
    public async Task ProgramForSeveralMachinesRuns()
    {
        var folder = feed.CreateFolder("machines");
        folder.WriteProject(
            "Machines.csproj", "net10.0",
            string.Concat(((string[])["NanoRnn", "NanoRnn.Mpi", "NanoRnn.Fleet"]).Select(name => Programs.Reference(feed.Version).Replace("\"NanoRnn\"", $"\"{name}\"", StringComparison.Ordinal))),
            Programs.Executable);
        folder.Write("Forecaster.cs", Programs.Model);
        folder.Write(
            "Program.cs",
            """
            using NanoRnn;
            using NanoRnn.Fleet;
            using NanoRnn.Mpi;
            using Networks;

            using var processes = MpiProcessGroup.StartIfLaunched();
            using var trainer = new Trainer<Forecaster>(new Forecaster(seed: 1), new TrainerOptions { Shards = 2, BatchSize = 2, TimeSteps = 3, Processes = processes });
            float[] inputs = [1, 2, 3, 2, 3, 4], targets = [4, 5];
            trainer.TrainBatch(inputs, targets);
            var training = new LocalTraining<Forecaster>(trainer, new SequenceDataset(inputs, targets, 3, 1, 1), epochs: 1);
            var device = new FleetDevice(WeightVector.Of(new Forecaster(seed: 2)), training);
            using var hub = new FleetHub(WeightVector.Of(new Forecaster(seed: 3)), new FleetHubOptions { Rounds = 1, SampleSize = 1, MinDevices = 1, MinUpdates = 1 });
            hub.Receive("device-0", device.Hello().Span);
            Console.WriteLine($"refused {Enum.GetValues<Refusal>().Sum(refusal => hub.Counters[refusal])}");
            using var client = new MqttDevice(device, new MqttFleetOptions { Fleet = "packed", User = "device-0" });
            Console.WriteLine($"processes {processes?.Size ?? 1}");
            """);
        var output = (await folder.DotNetAsync("run", "-c", "Release")).Succeed().Output;
        Assert.Empty(Warnings.In(output));
        Assert.Equal("refused 0", Programs.Line(output, "refused"));
        Assert.Equal("processes 1", Programs.Line(output, "processes"));
    }

    [SlowFact]
    public async Task ModelsMayBeInALibrary()
    {
        var folder = feed.CreateFolder("library");
        folder.WriteProject("Networks/Networks.csproj", "net10.0", Programs.Reference(feed.Version), "<IsAotCompatible>true</IsAotCompatible>");
        folder.Write("Networks/Forecaster.cs", Programs.Model);
        folder.WriteProject(
            "Application/Application.csproj", "net10.0", """<ProjectReference Include="..\Networks\Networks.csproj" />""", Programs.Executable);
        folder.Write("Application/Program.cs", Programs.Training);
        var output = (await folder.DotNetAsync("run", "-c", "Release", "--project", "Application")).Succeed().Output;
        Assert.Empty(Warnings.In(output));
        Assert.Equal(1 + 2 + 60, Programs.Line(output, "bits").Split(' ').Length);

        // The build properties come through the library.
        var evaluated = await folder.DotNetAsync(
            "msbuild", "Application", "-p:PublishAot=true", "-p:RuntimeIdentifier=linux-x64", "-p:NanoRnnCpu=v3", "-getProperty:IlcInstructionSet");
        Assert.Equal("x86-64-v3", evaluated.Succeed().Output.Trim());
    }

    [SlowFact]
    public async Task ApplicationMovesToANewVersion()
    {
        await feed.PackUpgradeAsync();
        var folder = feed.CreateFolder("upgrade");
        folder.Write("Forecaster.cs", Programs.Model);
        folder.Write(
            "Program.cs",
            """
            using Networks;

            if (!File.Exists("model.safetensors"))
                new Forecaster(seed: 42).Save("model.safetensors");
            Span<float> next = stackalloc float[1];
            Forecaster.Load("model.safetensors").Predict([1, 2, 3], next);
            Console.WriteLine($"library {typeof(NanoRnn.Loss).Assembly.GetName().Version}");
            Console.WriteLine($"bits {BitConverter.SingleToUInt32Bits(next[0]):x8}");
            """);
        var (bits, saved) = (await RunAsync(feed.Version, "0.1.0"), await File.ReadAllBytesAsync(folder.PathOf("model.safetensors")));
        Assert.Equal(bits, await RunAsync(feed.UpgradedVersion, "0.2.0"));
        Assert.Equal(saved, await File.ReadAllBytesAsync(folder.PathOf("model.safetensors")));

        async Task<string> RunAsync(string version, string number)
        {
            folder.WriteProject(
                "Upgrade.csproj", "net10.0", Programs.Reference(version),
                Programs.Executable + "<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>");
            var output = (await folder.DotNetAsync("run")).Succeed().Output;
            Assert.Empty(Warnings.In(output));
            Assert.Equal($"library {number}.0", Programs.Line(output, "library"));
            var generated = Assert.Single(Directory.GetFiles(folder.PathOf("obj"), "*Forecaster.g.cs", SearchOption.AllDirectories));
            Assert.Contains($"GeneratedCode(\"NanoRnn\", \"{number}\")", await File.ReadAllTextAsync(generated), StringComparison.Ordinal);
            return Programs.Line(output, "bits");
        }
    }
}
