using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <content>16 lanes.</content>
public static partial class Lanes
{
    /// <summary>16 floats from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load16(ref float source, nint offset) => Vector512.LoadUnsafe(ref Unsafe.Add(ref source, offset));

    /// <summary>16 floats from an offset on; 0 behind so many.</summary>
    public static Vector512<float> LoadUpTo16(ref float source, nint offset, nint length)
    {
        if (length - offset >= 16)
            return Load16(ref source, offset);
        Span<float> lanes = stackalloc float[16];
        CopyRest(ref source, offset, length, lanes);
        return Vector512.Create<float>(lanes);
    }

    /// <summary>Stores 16 floats from an offset on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store16(Vector512<float> value, ref float target, nint offset) =>
        value.StoreUnsafe(ref Unsafe.Add(ref target, offset));

    /// <summary>A number in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast16(float value) => Vector512.Create(value);

    /// <summary>a·b + c with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedMultiplyAdd16(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    /// <summary>|a|</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Abs16(Vector512<float> a) => Vector512.Abs(a);

    /// <summary>a ≤ b ? c : d; with a NaN in a or b it is d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SelectLessOrEqual16(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(a, b), c, d);

    /// <summary>x·w + sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd16(Vector512<float> x, ref float weights, nint offset, Vector512<float> sum) =>
        Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref Unsafe.Add(ref weights, offset)), sum);

    /// <summary>x·w + sum for four sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddRows16(
        Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3, ref float weights, nint offset,
        ref Vector512<float> sum0, ref Vector512<float> sum1, ref Vector512<float> sum2, ref Vector512<float> sum3)
    {
        var w = Vector512.LoadUnsafe(ref Unsafe.Add(ref weights, offset));
        sum0 = Vector512.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector512.FusedMultiplyAdd(x1, w, sum1);
        sum2 = Vector512.FusedMultiplyAdd(x2, w, sum2);
        sum3 = Vector512.FusedMultiplyAdd(x3, w, sum3);
    }

    /// <summary>x·w + sum for two sequences.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyAddPair16(
        Vector512<float> x0, Vector512<float> x1, ref float weights, nint offset,
        ref Vector512<float> sum0, ref Vector512<float> sum1)
    {
        var w = Vector512.LoadUnsafe(ref Unsafe.Add(ref weights, offset));
        sum0 = Vector512.FusedMultiplyAdd(x0, w, sum0);
        sum1 = Vector512.FusedMultiplyAdd(x1, w, sum1);
    }
}
