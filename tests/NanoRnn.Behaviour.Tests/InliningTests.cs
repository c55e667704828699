using System.Text.RegularExpressions;

namespace NanoRnn.Behaviour.Tests;

/// <summary>
/// The JIT has a budget for inlining. A kernel that goes past it calls its cells and functions, several times slower, and nothing
/// else shows it.
/// </summary>
public partial class InliningTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "1")]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public async Task KernelsCallNoCells(string variable, string value)
    {
        var file = Path.GetTempFileName();
        try
        {
            await HostProcess.RunHostAsync(
                "bits", (variable, value), ("DOTNET_JitStdOutFile", file), ("DOTNET_JitDisasmSummary", "1"));
            var compiled = CompiledKernel().Matches(await File.ReadAllTextAsync(file)).Select(match => match.Groups["method"].Value).ToList();
            Assert.NotEmpty(compiled);
            Assert.All(compiled, method => Assert.Matches("(Step|Rows|Project|Softmax|Backward[12]?)$", method));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"\+(Vector\d+|Scalar)Kernels:(?<method>\w+)")]
    private static partial Regex CompiledKernel();
}
