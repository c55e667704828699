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

    /// <summary>A method of some kernels, to the tier it was compiled for.</summary>
    [GeneratedRegex(@"\+(Vector\d+|Scalar)Kernels:.*? \[[A-Za-z0-9 ]+")]
    private static partial Regex CompiledKernel();
}
