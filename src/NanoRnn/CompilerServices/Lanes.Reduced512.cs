using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <content>16 lanes of weights of 16 bits, two rows in one: the even one's in the lower halves.</content>
public static partial class Lanes
{
    /// <summary>The weights of an even row, of bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadBFloat16Even16(ref float weights, nint offset) =>
        (Vector512.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) << 16).AsSingle();

    /// <summary>The weights of an odd row, of bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadBFloat16Odd16(ref float weights, nint offset) =>
        (Vector512.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) & Vector512.Create(UpperHalf)).AsSingle();

    /// <summary>The weights of an even row, of IEEE half precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadFloat16Even16(ref float weights, nint offset) =>
        (((Vector512.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) << 16) >> 3) & Vector512.Create(SpreadHalf)).AsSingle()
        * Vector512.Create(HalfScale);

    /// <summary>The weights of an odd row, of IEEE half precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadFloat16Odd16(ref float weights, nint offset) =>
        ((Vector512.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) >> 3) & Vector512.Create(SpreadHalf)).AsSingle()
        * Vector512.Create(HalfScale);

    /// <summary>x·w + sum for four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddLoadedRows16(
        Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3, Vector512<float> w,
        ref Vector512<float> sum0, ref Vector512<float> sum1, ref Vector512<float> sum2, ref Vector512<float> sum3)
    {
        sum0 = Vector512.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector512.FusedMultiplyAdd(x1, w, sum1);
        sum2 = Vector512.FusedMultiplyAdd(x2, w, sum2);
        sum3 = Vector512.FusedMultiplyAdd(x3, w, sum3);
    }

    /// <summary>x·w + sum for two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddLoadedPair16(
        Vector512<float> x0, Vector512<float> x1, Vector512<float> w, ref Vector512<float> sum0, ref Vector512<float> sum1)
    {
        sum0 = Vector512.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector512.FusedMultiplyAdd(x1, w, sum1);
    }
}
