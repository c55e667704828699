using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <content>One lane of weights of 16 bits, two rows in one: the even one's in the lower half.</content>
public static partial class Lanes
{
    private const int UpperHalf = unchecked((int)0xFFFF0000);

    /// <summary>Where the bits of a half precision number in the upper 16 bits lie after an arithmetic shift by 3: sign, exponent, fraction.</summary>
    private const int SpreadHalf = unchecked((int)0x8FFFE000);

    /// <summary>
    /// 2¹¹²: with its bits spread, a half precision number is a float that is too small by this factor, because the exponents' biases
    /// are 15 and 127. Numbers below the smallest normal one are no exception, and the product is exact.
    /// </summary>
    private const float HalfScale = 5192296858534827628530496329220096f;

    /// <summary>The weight of an even row, of bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadBFloat16Even1(ref float weights, nint offset) =>
        BitConverter.Int32BitsToSingle(Bits(ref weights, offset) << 16);

    /// <summary>The weight of an odd row, of bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadBFloat16Odd1(ref float weights, nint offset) =>
        BitConverter.Int32BitsToSingle(Bits(ref weights, offset) & UpperHalf);

    /// <summary>The weight of an even row, of IEEE half precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadFloat16Even1(ref float weights, nint offset) =>
        BitConverter.Int32BitsToSingle(((Bits(ref weights, offset) << 16) >> 3) & SpreadHalf) * HalfScale;

    /// <summary>The weight of an odd row, of IEEE half precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadFloat16Odd1(ref float weights, nint offset) =>
        BitConverter.Int32BitsToSingle((Bits(ref weights, offset) >> 3) & SpreadHalf) * HalfScale;

    private static int Bits(ref float weights, nint offset) => Unsafe.As<float, int>(ref Unsafe.Add(ref weights, offset));
}
