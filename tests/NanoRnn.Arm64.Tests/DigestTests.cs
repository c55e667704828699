using NanoRnn.Behaviour;

namespace NanoRnn.Arm64.Tests;

/// <summary>
/// ARM64 code, run under emulation, makes the bits that x64 makes: outputs of every model, and losses and weights after ten steps of every
/// optimizer.
/// </summary>
public class DigestTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    [Arm64Fact]
    public void DigestsAreThoseOfX64()
    {
        var expected = new List<string>();
        BitDigests.Print(expected.Add);
        var result = Arm64Program.Digests.Value.Run(Timeout);
        Assert.True(result.ExitCode == 0, $"The program has ended with {result.ExitCode?.ToString() ?? "a time-out"}: {result.Errors}{result.Output}");
        var found = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("width 128, Vector<float>.Count 4", found[0]);
        Assert.Equal(expected[1..], found[1..]);
    }
}
