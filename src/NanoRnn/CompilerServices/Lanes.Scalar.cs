using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <content>One lane: plain floats.</content>
public static partial class Lanes
{
    /// <summary>The float at an offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load1(ref float source, nint offset) => Unsafe.Add(ref source, offset);

    /// <summary>The float at an offset; 0 behind so many.</summary>
    public static float LoadUpTo1(ref float source, nint offset, nint length) => offset < length ? Unsafe.Add(ref source, offset) : 0;

    /// <summary>Stores a float at an offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store1(float value, ref float target, nint offset) => Unsafe.Add(ref target, offset) = value;

    /// <summary>a·b + c with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FusedMultiplyAdd1(float a, float b, float c) => float.FusedMultiplyAdd(a, b, c);

    /// <summary>|a|</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Abs1(float a) => float.Abs(a);

    /// <summary>a ≤ b ? c : d; with a NaN in a or b it is d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SelectLessOrEqual1(float a, float b, float c, float d) => a <= b ? c : d;

    /// <summary>x·w + sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd1(float x, ref float weights, nint offset, float sum) =>
        float.FusedMultiplyAdd(x, Unsafe.Add(ref weights, offset), sum);
}
