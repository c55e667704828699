using Xunit.Abstractions;

namespace NanoRnn.Behaviour.Tests;

/// <summary>Nothing is allocated, on any thread of a process that does nothing else.</summary>
public class AllocationTests(ITestOutputHelper output)
{
    private const int ActivitiesPerModel = 11;

    [Fact]
    public async Task PredictionAndTrainingAllocateNothing()
    {
        // All code is compiled at once: the thread that otherwise compiles it anew in the background may allocate while it does.
        var lines = await HostProcess.RunHostAsync("allocations", ("DOTNET_TieredCompilation", "0"));
        var control = lines[0].Split(' ');
        Assert.Equal("control", control[0]);
        Assert.NotEqual("0", control[2]);
        foreach (var line in lines)
            output.WriteLine(line);
        Assert.Equal(1 + ActivitiesPerModel * TestModels.Names.Count() + 2 * ShapeRun.Names.Count, lines.Length);
        Assert.All(lines[1..], line => Assert.EndsWith(" 0", line, StringComparison.Ordinal));
    }
}
