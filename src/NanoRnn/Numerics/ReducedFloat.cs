using NanoRnn.CompilerServices;

namespace NanoRnn.Numerics;

/// <summary>Between 32-bit floats and the two formats of 16 bits, all as bits.</summary>
/// <remarks>The compiler rounds weights too, so it compiles for netstandard2.0.</remarks>
internal static class ReducedFloat
{
    private const uint Magnitude = 0x7FFF_FFFF;
    private const uint Infinity = 0x7F80_0000;
    private const uint HalfInfinity = 0x7C00;

    /// <summary>Bits of the fraction that a float has and a half precision number has not.</summary>
    private const int HalfShift = 13;

    /// <summary>A float's exponent field less that of the half precision number of the same value.</summary>
    private const int HalfBias = 127 - 15;

    /// <summary>Whether a float is neither infinite nor NaN.</summary>
    public static bool IsFinite(uint bits) => (bits & Magnitude) < Infinity;

    /// <summary>The nearest number of the type, of two that are equally near the even one; infinite if the number is too large.</summary>
    /// <param name="bits">A finite float.</param>
    /// <param name="type">Floats of 32 or 16 bits.</param>
    public static uint Round(uint bits, ElementType type) => type switch
    {
        ElementType.F32 => bits,
        ElementType.BF16 => bits >> 16 & 0x8000 | ShiftAndRound(bits & Magnitude, 16),
        ElementType.F16 => bits >> 16 & 0x8000 | RoundToHalf(bits & Magnitude),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no type of floats"),
    };

    /// <summary>The float that is equal to a number of the type.</summary>
    /// <param name="bits">The number.</param>
    /// <param name="type">Floats of 32 or 16 bits.</param>
    public static uint Widen(uint bits, ElementType type) => type switch
    {
        ElementType.F32 => bits,
        ElementType.BF16 => bits << 16,
        ElementType.F16 => (bits & 0x8000) << 16 | WidenHalf(bits & 0x7FFF),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no type of floats"),
    };

    private static uint RoundToHalf(uint magnitude)
    {
        // From half-way between the largest number, 65504, and 2¹⁶ on it is infinity.
        const uint Overflow = 0x477F_F000;
        if (magnitude >= Overflow)
            return HalfInfinity;
        var exponent = (int)(magnitude >> 23);
        if (exponent > HalfBias)
            return ShiftAndRound(magnitude - ((uint)HalfBias << 23), HalfShift);

        // Multiples of 2⁻²⁴; less than half of one is zero.
        var shift = HalfShift + HalfBias + 1 - exponent;
        return shift > 24 ? 0 : ShiftAndRound(magnitude & 0x7F_FFFF | 0x80_0000, shift);
    }

    private static uint WidenHalf(uint magnitude)
    {
        const uint SmallestNormal = 0x400;
        if (magnitude >= HalfInfinity)
            return Infinity | (magnitude - HalfInfinity) << HalfShift;
        if (magnitude >= SmallestNormal)
            return (magnitude << HalfShift) + ((uint)HalfBias << 23);
        if (magnitude == 0)
            return 0;

        // A multiple of 2⁻²⁴: the first bit that is set becomes the one before the fraction.
        var exponent = HalfBias + 1;
        for (; magnitude < SmallestNormal; exponent--)
            magnitude <<= 1;
        return (magnitude - SmallestNormal) << HalfShift | (uint)exponent << 23;
    }

    private static uint ShiftAndRound(uint value, int shift) => (value + (1u << (shift - 1)) - 1 + (value >> shift & 1)) >> shift;
}
