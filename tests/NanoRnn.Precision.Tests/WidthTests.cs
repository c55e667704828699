using NanoRnn.Tests.Shared;

namespace NanoRnn.Reduced.Tests;

/// <summary>One result everywhere: runs that may use less of the processor print the same digests.</summary>
public class WidthTests
{
    private static readonly string HostPath = typeof(Families).Assembly.Location;
    private static readonly Lazy<Task<string[]>> Default = new(() => RunAsync());

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task BitsDoNotDependOnTheWidth(string variable)
    {
        var expected = await Default.Value;
        var found = await RunAsync((variable, "0"));
        Assert.True(expected.Length > 4 * 2 * Families.All.Count);
        Assert.Equal(expected[1..], found[1..]);
        if (variable == "DOTNET_EnableHWIntrinsic")
            Assert.Equal("width 1", found[0]);
    }

    /// <summary>A processor with 256 bits may have dot products of bytes or not.</summary>
    [Fact]
    public async Task BitsDoNotDependOnDotProducts() =>
        Assert.Equal((await Default.Value)[1..], (await RunAsync(("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVXVNNI", "0")))[1..]);

    private static Task<string[]> RunAsync(params IEnumerable<(string Name, string Value)> environment) =>
        DotNetProcess.RunAsync(HostPath, Path.GetDirectoryName(HostPath)!, [], environment);
}
