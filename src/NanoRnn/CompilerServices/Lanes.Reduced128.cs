using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <content>4 lanes of weights of 16 bits, two rows in one: the even one's in the lower halves.</content>
public static partial class Lanes
{
    /// <summary>The weights of an even row, of bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBFloat16Even4(ref float weights, nint offset) =>
        (Vector128.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) << 16).AsSingle();

    /// <summary>The weights of an odd row, of bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBFloat16Odd4(ref float weights, nint offset) =>
        (Vector128.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) & Vector128.Create(UpperHalf)).AsSingle();

    /// <summary>The weights of an even row, of IEEE half precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadFloat16Even4(ref float weights, nint offset) =>
        (((Vector128.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) << 16) >> 3) & Vector128.Create(SpreadHalf)).AsSingle()
        * Vector128.Create(HalfScale);

    /// <summary>The weights of an odd row, of IEEE half precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadFloat16Odd4(ref float weights, nint offset) =>
        ((Vector128.LoadUnsafe(ref Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset))) >> 3) & Vector128.Create(SpreadHalf)).AsSingle()
        * Vector128.Create(HalfScale);

    /// <summary>x·w + sum for four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddLoadedRows4(
        Vector128<float> x0, Vector128<float> x1, Vector128<float> x2, Vector128<float> x3, Vector128<float> w,
        ref Vector128<float> sum0, ref Vector128<float> sum1, ref Vector128<float> sum2, ref Vector128<float> sum3)
    {
        sum0 = Vector128.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector128.FusedMultiplyAdd(x1, w, sum1);
        sum2 = Vector128.FusedMultiplyAdd(x2, w, sum2);
        sum3 = Vector128.FusedMultiplyAdd(x3, w, sum3);
    }

    /// <summary>x·w + sum for two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddLoadedPair4(
        Vector128<float> x0, Vector128<float> x1, Vector128<float> w, ref Vector128<float> sum0, ref Vector128<float> sum1)
    {
        sum0 = Vector128.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector128.FusedMultiplyAdd(x1, w, sum1);
    }
}
