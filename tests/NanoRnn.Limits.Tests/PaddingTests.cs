namespace NanoRnn.Limits.Tests;

/// <summary>
/// Lanes that are no units take no part: what a layer of any size makes of an input that is not finite is what a plain network makes of it,
/// nothing but weights is trained, and a model recovers from NaN.
/// </summary>
public class PaddingTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "1")]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public async Task PaddingTakesNoPart(string variable, string value)
    {
        var lines = await HostProcess.RunAsync("padding", (variable, value));
        Assert.StartsWith("150 models, ", lines[0], StringComparison.Ordinal);
        Assert.Empty(lines[1..]);
    }
}
