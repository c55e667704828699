using System.Text.RegularExpressions;

namespace NanoRnn.Behaviour.Tests;

/// <summary>
/// Generated code is optimised from its first call on, wherever it is called from. The JIT has a budget for inlining: what a kernel
/// could not inline was once compiled without optimisation, and nothing but time showed it.
/// </summary>
public partial class InliningTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "1")]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public async Task KernelsAreOptimised(string variable, string value)
    {
        var file = Path.GetTempFileName();
        try
        {
            await HostProcess.RunHostAsync(
                "bits", (variable, value), ("DOTNET_JitStdOutFile", file), ("DOTNET_JitDisasmSummary", "1"));
            var compiled = CompiledKernel().Matches(await File.ReadAllTextAsync(file)).Select(match => match.Value).ToList();
            Assert.NotEmpty(compiled);
            Assert.All(compiled, method => Assert.EndsWith("[FullOpts", method, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Where the JIT gives up inlining, operations on lanes become calls: the bits are the same, the time is not.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public async Task KernelsCallNoOperationOnLanes(string enableAvx512)
    {
        var file = Path.GetTempFileName();
        try
        {
            await HostProcess.RunHostAsync(
                "bits", ("DOTNET_EnableAVX512", enableAvx512), ("DOTNET_JitStdOutFile", file), ("DOTNET_JitDisasm", "*Step *Rows *Tile*"));
            var kernels = (await File.ReadAllTextAsync(file)).Split("; Assembly listing for method ").Where(code => KernelAtStart().IsMatch(code)).ToList();
            Assert.Contains(kernels, code => KernelAtStart().Match(code).Value.EndsWith("Kernels:LstmTile", StringComparison.Ordinal));
            Assert.Empty(kernels.Where(code => CallOnLanes().IsMatch(code)).Select(code => code.Split('\n')[0]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"^\S+\+(Vector\d+|Scalar)Kernels:[A-Za-z]+")]
    private static partial Regex KernelAtStart();

    [GeneratedRegex(@"call .*\.Lanes:")]
    private static partial Regex CallOnLanes();

    /// <summary>A method of some kernels, to the tier it was compiled for.</summary>
    [GeneratedRegex(@"\+(Vector\d+|Scalar)Kernels:.*? \[[A-Za-z0-9 ]+")]
    private static partial Regex CompiledKernel();
}
