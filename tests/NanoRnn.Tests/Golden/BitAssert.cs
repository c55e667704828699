using System.Runtime.InteropServices;

namespace NanoRnn.Tests.Golden;

/// <summary>Comparisons to the bit.</summary>
internal static class BitAssert
{
    public static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what) =>
        Assert.True(
            MemoryMarshal.Cast<float, int>(expected).SequenceEqual(MemoryMarshal.Cast<float, int>(actual)),
            $"{what} differs in bits.");
}
