using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using NanoRnn.CompilerServices;

namespace NanoRnn.Reduced.Tests;

internal delegate void Int8Multiply(ref float matrix, int inputs, int columns, int bits, ref float x, ref float integers, ref float sums);

/// <summary>All kernels that this processor can run.</summary>
internal static class Int8Kernels
{
    public static IReadOnlyDictionary<string, Int8Multiply> Supported { get; } = Find().ToDictionary(item => item.Name, item => item.Multiply);

    private static IEnumerable<(string Name, Int8Multiply Multiply)> Find()
    {
        yield return ("the processor's", Int8Product.Run);
        yield return ("scalar", Int8Product.Run<ScalarInt8Kernel>);
        yield return ("Vector128", Int8Product.Run<Vector128Int8Kernel>);
        if (Sse2.IsSupported)
            yield return ("SSE2", Int8Product.Run<Sse2Int8Kernel>);
        if (Avx2.IsSupported)
            yield return ("AVX2", Int8Product.Run<Avx2Int8Kernel>);
        if (AvxVnni.IsSupported)
            yield return ("AVX-VNNI", Int8Product.Run<AvxVnniInt8Kernel>);
        if (Avx512BW.IsSupported)
            yield return ("AVX-512", Int8Product.Run<Avx512Int8Kernel>);
        if (Dp.IsSupported)
            yield return ("ARM dot product", Int8Product.Run<ArmDotProductInt8Kernel>);
    }
}
