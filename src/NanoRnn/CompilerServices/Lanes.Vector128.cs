using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <content>4 lanes.</content>
public static partial class Lanes
{
    /// <summary>4 floats from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load4(ref float source, nint offset) => Vector128.LoadUnsafe(ref Unsafe.Add(ref source, offset));

    /// <summary>4 floats from an offset on; 0 behind so many.</summary>
    public static Vector128<float> LoadUpTo4(ref float source, nint offset, nint length)
    {
        if (length - offset >= 4)
            return Load4(ref source, offset);
        Span<float> lanes = stackalloc float[4];
        CopyRest(ref source, offset, length, lanes);
        return Vector128.Create<float>(lanes);
    }

    /// <summary>Stores 4 floats from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store4(Vector128<float> value, ref float target, nint offset) =>
        value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    /// <summary>A number in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast4(float value) => Vector128.Create(value);

    /// <summary>a·b + c with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FusedMultiplyAdd4(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Vector128.FusedMultiplyAdd(a, b, c);

    /// <summary>|a|</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Abs4(Vector128<float> a) => Vector128.Abs(a);

    /// <summary>a ≤ b ? c : d; with a NaN in a or b it is d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SelectLessOrEqual4(
        Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d) =>
        Vector128.ConditionalSelect(Vector128.LessThanOrEqual(a, b), c, d);

    /// <summary>x·w + sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd4(Vector128<float> x, ref float weights, nint offset, Vector128<float> sum) =>
        Vector128.FusedMultiplyAdd(x, Vector128.LoadUnsafe(ref Unsafe.Add(ref weights, offset)), sum);

    /// <summary>x·w + sum for four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRows4(
        Vector128<float> x0, Vector128<float> x1, Vector128<float> x2, Vector128<float> x3, ref float weights, nint offset,
        ref Vector128<float> sum0, ref Vector128<float> sum1, ref Vector128<float> sum2, ref Vector128<float> sum3)
    {
        var w = Vector128.LoadUnsafe(ref Unsafe.Add(ref weights, offset));
        sum0 = Vector128.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector128.FusedMultiplyAdd(x1, w, sum1);
        sum2 = Vector128.FusedMultiplyAdd(x2, w, sum2);
        sum3 = Vector128.FusedMultiplyAdd(x3, w, sum3);
    }

    /// <summary>x·w + sum for two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddPair4(
        Vector128<float> x0, Vector128<float> x1, ref float weights, nint offset,
        ref Vector128<float> sum0, ref Vector128<float> sum1)
    {
        var w = Vector128.LoadUnsafe(ref Unsafe.Add(ref weights, offset));
        sum0 = Vector128.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector128.FusedMultiplyAdd(x1, w, sum1);
    }
}
