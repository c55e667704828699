using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>
/// A vector as integers, for <see cref="Int8Product"/>: element k is the integer next to x[k] / unit, to the even one of two. The unit is
/// the power of two with which the largest magnitude takes all the bits there are, so that dividing by it is exact, and nothing depends
/// on what a model was calibrated with.
/// </summary>
/// <remarks>
/// Four integers lie in 8 bytes: either as words of 16 bits in the order 0, 2, 1, 3, each pair beside what the even and the odd bytes of
/// a 32-bit lane hold; or as digits to the base 256, from −128 to 127, the four low ones and then the four high ones.
/// </remarks>
internal static class Int8Operand
{
    private const int Magnitude = 0x7FFFFFFF;

    private const int ExponentShift = 23;

    private const int ExponentBias = 127;

    /// <summary>The exponent field of infinity and NaN.</summary>
    private const int Infinite = 0xFF;

    /// <summary>1.5·2²³: a float near it has the unit 1, and the integers in its low bits.</summary>
    private const float Magic = 12582912f;

    /// <summary>Subtracted from the bits of <see cref="Magic"/> plus a small number, leaves that number as an integer.</summary>
    private const int MagicBits = 0x4B400000;

    /// <summary>Writes the integers of a vector.</summary>
    /// <param name="x">The vector.</param>
    /// <param name="length">Its length, at least 1.</param>
    /// <param name="bits">Magnitudes are at most 2^bits; at most 14.</param>
    /// <param name="asDigits">Whether as digits instead of words.</param>
    /// <param name="integers">Receives 8 bytes for each 4 elements begun; what is missing of the last four is zero.</param>
    /// <returns>
    /// −128 times the sum of the integers, where a sum with bytes w + 128 starts; and the unit, NaN if an element is NaN or infinite.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Start, float Unit) Quantize(ref float x, int length, int bits, bool asDigits, ref byte integers)
    {
        var exponent = MaxMagnitude(ref x, length) >> ExponentShift;

        // The inverse of a smaller unit would be infinite. Magnitudes are below 2^(exponent − bias + 1).
        var unitExponent = int.Max(exponent, bits) + 1 - bits;
        var unit = exponent == Infinite ? float.NaN : BitConverter.Int32BitsToSingle(unitExponent << ExponentShift);
        var inverse = BitConverter.Int32BitsToSingle((2 * ExponentBias - unitExponent) << ExponentShift);
        return (-128 * Convert(ref x, length, inverse, asDigits, ref integers), unit);
    }

    /// <summary>The bits of the largest magnitude: as integers they have the order of the numbers, with infinity and then NaN last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MaxMagnitude(ref float x, nint length)
    {
        ref var bits = ref Unsafe.As<float, int>(ref x);
        nint i = 0;
        var max = Vector128<int>.Zero;
        if (Vector512.IsHardwareAccelerated && length >= 16)
        {
            var max512 = Vector512<int>.Zero;
            for (; i <= length - 16; i += 16)
                max512 = Vector512.Max(max512, Vector512.LoadUnsafe(ref Unsafe.Add(ref bits, i)) & Vector512.Create(Magnitude));
            var max256 = Vector256.Max(max512.GetLower(), max512.GetUpper());
            max = Vector128.Max(max256.GetLower(), max256.GetUpper());
        }
        else if (Vector256.IsHardwareAccelerated && length >= 8)
        {
            var max256 = Vector256<int>.Zero;
            for (; i <= length - 8; i += 8)
                max256 = Vector256.Max(max256, Vector256.LoadUnsafe(ref Unsafe.Add(ref bits, i)) & Vector256.Create(Magnitude));
            max = Vector128.Max(max256.GetLower(), max256.GetUpper());
        }

        for (; i <= length - 4; i += 4)
            max = Vector128.Max(max, Vector128.LoadUnsafe(ref Unsafe.Add(ref bits, i)) & Vector128.Create(Magnitude));
        max = Vector128.Max(max, Vector128.Shuffle(max, Vector128.Create(2, 3, 0, 1)));
        var result = int.Max(max[0], max[1]);
        for (; i < length; i++)
            result = int.Max(result, Unsafe.Add(ref bits, i) & Magnitude);
        return result;
    }

    /// <summary>Writes the integers next to x·factor, and gives their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Convert(ref float x, nint length, float factor, bool asDigits, ref byte integers)
    {
        nint i = 0;
        var sum = Vector128<int>.Zero;
        if (Vector512.IsHardwareAccelerated && !asDigits && length >= 16)
        {
            var sum512 = Vector512<int>.Zero;
            for (; i <= length - 16; i += 16)
            {
                var values = (Vector512.LoadUnsafe(ref Unsafe.Add(ref x, i)) * Vector512.Create(factor) + Vector512.Create(Magic)).AsInt32()
                    - Vector512.Create(MagicBits);
                sum512 += values;
                PackWords(values).AsByte().StoreUnsafe(ref integers, (nuint)i * 2);
            }

            var sum256 = sum512.GetLower() + sum512.GetUpper();
            sum = sum256.GetLower() + sum256.GetUpper();
        }
        else if (Vector256.IsHardwareAccelerated && length >= 8)
        {
            var sum256 = Vector256<int>.Zero;
            for (; i <= length - 8; i += 8)
            {
                var values = (Vector256.LoadUnsafe(ref Unsafe.Add(ref x, i)) * Vector256.Create(factor) + Vector256.Create(Magic)).AsInt32()
                    - Vector256.Create(MagicBits);
                sum256 += values;
                (asDigits ? PackDigits(values) : PackWords(values)).AsByte().StoreUnsafe(ref integers, (nuint)i * 2);
            }

            sum = sum256.GetLower() + sum256.GetUpper();
        }

        for (; i < length; i += 4)
        {
            var values = (Load(ref x, i, length) * Vector128.Create(factor) + Vector128.Create(Magic)).AsInt32()
                - Vector128.Create(MagicBits);
            sum += values;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref integers, i * 2), (asDigits ? PackDigits(values) : PackWords(values)).ToScalar());
        }

        return Vector128.Sum(sum);
    }

    /// <summary>Four elements, with zeros behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Load(ref float x, nint i, nint length)
    {
        if (i <= length - 4)
            return Vector128.LoadUnsafe(ref Unsafe.Add(ref x, i));
        return Vector128.Create(
            Unsafe.Add(ref x, i), i + 1 < length ? Unsafe.Add(ref x, i + 1) : 0, i + 2 < length ? Unsafe.Add(ref x, i + 2) : 0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> PackWords(Vector512<int> values)
    {
        var neighbours = Vector512.Shuffle(values, Vector512.Create(2, 3, 2, 3, 6, 7, 6, 7, 10, 11, 10, 11, 14, 15, 14, 15));
        var packed = values & Vector512.Create(0xFFFF) | neighbours << 16;
        return Vector512.Shuffle(packed.AsInt64(), Vector512.Create(0, 2, 4, 6, 0, 2, 4, 6)).GetLower();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> PackWords(Vector256<int> values)
    {
        var neighbours = Vector256.Shuffle(values, Vector256.Create(2, 3, 2, 3, 6, 7, 6, 7));
        return PackLanes((values & Vector256.Create(0xFFFF) | neighbours << 16).AsInt64());
    }

    /// <summary>The words are in the lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> PackWords(Vector128<int> values)
    {
        var neighbours = Vector128.Shuffle(values, Vector128.Create(2, 3, 2, 3));
        return (values & Vector128.Create(0xFFFF) | neighbours << 16).AsInt64();
    }

    /// <remarks>
    /// The low digit of v is the low byte of v + 128, less 128; the high digit is what is above that byte.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> PackDigits(Vector256<int> values)
    {
        var digits = (values + Vector256.Create(0x80) ^ Vector256.Create(0x80)).AsByte();
        return PackLanes(Vector256.Shuffle(digits, Vector256.Create(
            (byte)0, 4, 8, 12, 1, 5, 9, 13, 0, 0, 0, 0, 0, 0, 0, 0, 16, 20, 24, 28, 17, 21, 25, 29, 16, 16, 16, 16, 16, 16, 16, 16)).AsInt64());
    }

    /// <summary>The digits are in the lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> PackDigits(Vector128<int> values)
    {
        var digits = (values + Vector128.Create(0x80) ^ Vector128.Create(0x80)).AsByte();
        return Vector128.Shuffle(digits, Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 0, 0, 0, 0, 0, 0, 0, 0)).AsInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> PackLanes(Vector256<long> values) => Vector256.Shuffle(values, Vector256.Create(0, 2, 0, 2)).GetLower();
}
