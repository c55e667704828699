using Xunit.Abstractions;

namespace NanoRnn.Behaviour.Tests;

/// <summary>One result everywhere: runs that may use less of the processor print the same digests.</summary>
public class WidthTests(ITestOutputHelper output)
{
    private const string NoInstructions = "DOTNET_EnableHWIntrinsic";

    private static readonly Lazy<Task<string[]>> Default = new(() => HostProcess.RunHostAsync("bits"));

    private static readonly Lazy<Task<string[]>> Plain = new(() => HostProcess.RunHostAsync("bits", (NoInstructions, "0")));

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData(NoInstructions, "0")]
    [InlineData("DOTNET_MaxVectorTBitWidth", "512")]
    [InlineData("DOTNET_TieredCompilation", "0")]
    public async Task BitsDoNotDependOnTheWidth(string variable, string value)
    {
        var expected = await Default.Value;
        var found = variable == NoInstructions ? await Plain.Value : await HostProcess.RunHostAsync("bits", (variable, value));
        output.WriteLine($"default: {expected[0]}");
        output.WriteLine($"{variable}={value}: {found[0]}");
        Assert.True(expected.Length > 6 * TestModels.Names.Count());
        Assert.Equal(expected[1..], found[1..]);
    }

    [Fact]
    public async Task RunsDifferInWidth()
    {
        // What the default is depends on the machine, but no hardware intrinsics always means plain code.
        var plain = await Plain.Value;
        output.WriteLine((await Default.Value)[0]);
        output.WriteLine(plain[0]);
        Assert.StartsWith("width scalar", plain[0], StringComparison.Ordinal);
        Assert.NotEqual((await Default.Value)[0], plain[0]);
    }

    [Fact]
    public async Task DigestsTellModelsAndActivitiesApart()
    {
        // A stateless model's steps are its prediction.
        var digests = (await Default.Value)[1..]
            .Select(line => line.Split(' '))
            .Where(parts => parts[1] != "step")
            .Select(parts => parts[2])
            .ToList();
        Assert.Equal(digests.Count, digests.Distinct().Count());
    }
}
