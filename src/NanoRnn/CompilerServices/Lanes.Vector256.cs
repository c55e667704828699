using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <content>8 lanes.</content>
public static partial class Lanes
{
    /// <summary>8 floats from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load8(ref float source, nint offset) => Vector256.LoadUnsafe(ref Unsafe.Add(ref source, offset));

    /// <summary>8 floats from an offset on; 0 behind so many.</summary>
    public static Vector256<float> LoadUpTo8(ref float source, nint offset, nint length)
    {
        if (length - offset >= 8)
            return Load8(ref source, offset);
        Span<float> lanes = stackalloc float[8];
        CopyRest(ref source, offset, length, lanes);
        return Vector256.Create<float>(lanes);
    }

    /// <summary>Stores 8 floats from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store8(Vector256<float> value, ref float target, nint offset) =>
        value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    /// <summary>A number in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast8(float value) => Vector256.Create(value);

    /// <summary>a·b + c with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FusedMultiplyAdd8(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.FusedMultiplyAdd(a, b, c);

    /// <summary>|a|</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Abs8(Vector256<float> a) => Vector256.Abs(a);

    /// <summary>a ≤ b ? c : d; with a NaN in a or b it is d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SelectLessOrEqual8(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) =>
        Vector256.ConditionalSelect(Vector256.LessThanOrEqual(a, b), c, d);

    /// <summary>x·w + sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd8(Vector256<float> x, ref float weights, nint offset, Vector256<float> sum) =>
        Vector256.FusedMultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref weights, offset)), sum);

    /// <summary>x·w + sum for four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRows8(
        Vector256<float> x0, Vector256<float> x1, Vector256<float> x2, Vector256<float> x3, ref float weights, nint offset,
        ref Vector256<float> sum0, ref Vector256<float> sum1, ref Vector256<float> sum2, ref Vector256<float> sum3)
    {
        var w = Vector256.LoadUnsafe(ref Unsafe.Add(ref weights, offset));
        sum0 = Vector256.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector256.FusedMultiplyAdd(x1, w, sum1);
        sum2 = Vector256.FusedMultiplyAdd(x2, w, sum2);
        sum3 = Vector256.FusedMultiplyAdd(x3, w, sum3);
    }

    /// <summary>x·w + sum for two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddPair8(
        Vector256<float> x0, Vector256<float> x1, ref float weights, nint offset,
        ref Vector256<float> sum0, ref Vector256<float> sum1)
    {
        var w = Vector256.LoadUnsafe(ref Unsafe.Add(ref weights, offset));
        sum0 = Vector256.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector256.FusedMultiplyAdd(x1, w, sum1);
    }
}
