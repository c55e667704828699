namespace NanoRnn.Arm64.Tests;

/// <summary>With the core library as the compiler's package has it, for x64, the checks of the other tests fail.</summary>
public class NegativeControlTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    [Arm64Fact]
    public void TheLibraryForX64MakesEndlessLoops()
    {
        var program = Arm64Program.Build("negative-control", Toolchain.Compiler.X64CoreLibrary);
        Assert.Contains(EndlessLoops.In(program.Functions), name => name.StartsWith("NanoRnn_", StringComparison.Ordinal));
        var result = program.Run(Timeout);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Empty(result.Output);
    }
}
