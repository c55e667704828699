using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The multiply-adds that generated kernels are made of, one method per number of lanes: a name without overloads is what the C#
/// compiler resolves fastest, and generated code is full of them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lanes
{
    /// <summary>16 floats from <paramref name="weights"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load16(ref float weights, nint offset) =>
        Vector512.LoadUnsafe(ref Unsafe.Add(ref weights, offset));

    /// <summary>8 floats from <paramref name="weights"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load8(ref float weights, nint offset) =>
        Vector256.LoadUnsafe(ref Unsafe.Add(ref weights, offset));

    /// <summary>4 floats from <paramref name="weights"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load4(ref float weights, nint offset) =>
        Vector128.LoadUnsafe(ref Unsafe.Add(ref weights, offset));

    /// <summary>1 float of <paramref name="weights"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load1(ref float weights, nint offset) => Unsafe.Add(ref weights, offset);

    /// <summary>x·w + sum in 16 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd16(Vector512<float> x, ref float weights, nint offset, Vector512<float> sum) =>
        Vector512.FusedMultiplyAdd(x, Load16(ref weights, offset), sum);

    /// <summary>x·w + sum in 8 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd8(Vector256<float> x, ref float weights, nint offset, Vector256<float> sum) =>
        Vector256.FusedMultiplyAdd(x, Load8(ref weights, offset), sum);

    /// <summary>x·w + sum in 4 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd4(Vector128<float> x, ref float weights, nint offset, Vector128<float> sum) =>
        Vector128.FusedMultiplyAdd(x, Load4(ref weights, offset), sum);

    /// <summary>x·w + sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd1(float x, ref float weights, nint offset, float sum) =>
        float.FusedMultiplyAdd(x, Load1(ref weights, offset), sum);

    /// <summary>x·w + sum in 16 lanes for four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRows16(
        Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3, ref float weights, nint offset,
        ref Vector512<float> sum0, ref Vector512<float> sum1, ref Vector512<float> sum2, ref Vector512<float> sum3)
    {
        var w = Load16(ref weights, offset);
        sum0 = Vector512.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector512.FusedMultiplyAdd(x1, w, sum1);
        sum2 = Vector512.FusedMultiplyAdd(x2, w, sum2);
        sum3 = Vector512.FusedMultiplyAdd(x3, w, sum3);
    }

    /// <summary>x·w + sum in 8 lanes for four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRows8(
        Vector256<float> x0, Vector256<float> x1, Vector256<float> x2, Vector256<float> x3, ref float weights, nint offset,
        ref Vector256<float> sum0, ref Vector256<float> sum1, ref Vector256<float> sum2, ref Vector256<float> sum3)
    {
        var w = Load8(ref weights, offset);
        sum0 = Vector256.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector256.FusedMultiplyAdd(x1, w, sum1);
        sum2 = Vector256.FusedMultiplyAdd(x2, w, sum2);
        sum3 = Vector256.FusedMultiplyAdd(x3, w, sum3);
    }

    /// <summary>x·w + sum in 4 lanes for four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRows4(
        Vector128<float> x0, Vector128<float> x1, Vector128<float> x2, Vector128<float> x3, ref float weights, nint offset,
        ref Vector128<float> sum0, ref Vector128<float> sum1, ref Vector128<float> sum2, ref Vector128<float> sum3)
    {
        var w = Load4(ref weights, offset);
        sum0 = Vector128.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector128.FusedMultiplyAdd(x1, w, sum1);
        sum2 = Vector128.FusedMultiplyAdd(x2, w, sum2);
        sum3 = Vector128.FusedMultiplyAdd(x3, w, sum3);
    }

    /// <summary>x·w + sum in 8 lanes for two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddPair8(
        Vector256<float> x0, Vector256<float> x1, ref float weights, nint offset,
        ref Vector256<float> sum0, ref Vector256<float> sum1)
    {
        var w = Load8(ref weights, offset);
        sum0 = Vector256.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector256.FusedMultiplyAdd(x1, w, sum1);
    }

    /// <summary>x·w + sum in 4 lanes for two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddPair4(
        Vector128<float> x0, Vector128<float> x1, ref float weights, nint offset,
        ref Vector128<float> sum0, ref Vector128<float> sum1)
    {
        var w = Load4(ref weights, offset);
        sum0 = Vector128.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector128.FusedMultiplyAdd(x1, w, sum1);
    }
}
