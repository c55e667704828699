using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <content>8 lanes of weights of 16 bits, two rows in one: the even one's in the lower halves.</content>
public static partial class Lanes
{
    /// <summary>The weights of an even row, of bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadBFloat16Even8(ref float weights, nint offset) =>
        (Vector256.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) << 16).AsSingle();

    /// <summary>The weights of an odd row, of bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadBFloat16Odd8(ref float weights, nint offset) =>
        (Vector256.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) & Vector256.Create(UpperHalf)).AsSingle();

    /// <summary>The weights of an even row, of IEEE half precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadFloat16Even8(ref float weights, nint offset) =>
        (((Vector256.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) << 16) >> 3) & Vector256.Create(SpreadHalf)).AsSingle()
        * Vector256.Create(HalfScale);

    /// <summary>The weights of an odd row, of IEEE half precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadFloat16Odd8(ref float weights, nint offset) =>
        ((Vector256.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) >> 3) & Vector256.Create(SpreadHalf)).AsSingle()
        * Vector256.Create(HalfScale);

    /// <summary>x·w + sum for four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddLoadedRows8(
        Vector256<float> x0, Vector256<float> x1, Vector256<float> x2, Vector256<float> x3, Vector256<float> w,
        ref Vector256<float> sum0, ref Vector256<float> sum1, ref Vector256<float> sum2, ref Vector256<float> sum3)
    {
        sum0 = Vector256.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector256.FusedMultiplyAdd(x1, w, sum1);
        sum2 = Vector256.FusedMultiplyAdd(x2, w, sum2);
        sum3 = Vector256.FusedMultiplyAdd(x3, w, sum3);
    }

    /// <summary>x·w + sum for two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddLoadedPair8(
        Vector256<float> x0, Vector256<float> x1, Vector256<float> w, ref Vector256<float> sum0, ref Vector256<float> sum1)
    {
        sum0 = Vector256.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector256.FusedMultiplyAdd(x1, w, sum1);
    }
}
