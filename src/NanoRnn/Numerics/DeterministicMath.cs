using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.Numerics;

/// <summary>
/// Functions in plain double arithmetic, so that every platform returns the same bits; a platform's own library does not
/// promise that.
/// </summary>
internal static class DeterministicMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700;
    private const int MantissaBits = 52;
    private const int ExponentBias = 1024;
    private const int SubnormalShift = 54;
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>Added to a small number, it leaves that number rounded in the last bits.</summary>
    private const double Rounder = 6755399441055744;

    /// <summary>The bits of the smallest double greater than √½ = 0.70710678118654752440.</summary>
    private const long AfterSqrtHalf = 0x3FE6_A09E_667F_3BCE;

    /// <summary>Natural logarithm of eight numbers, off by less than one unit in the last place of a double.</summary>
    /// <param name="x">Any numbers; NaN below zero, −∞ at zero.</param>
    /// <remarks>
    /// FreeBSD's (Sun's) e_log.c: <c>x = 2ᵏ(1 + f)</c> with <c>√½ &lt; 1 + f ≤ √2</c>, <c>s = f/(2 + f)</c>,
    /// <c>ln(1 + f) = f − f²/2 + s(f²/2 + R(s²))</c> with a minimax polynomial R of degree 14 in s.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        var isSubnormal = Vector512.LessThan(x, Vector512.Create(SmallestNormal));
        var bits = Vector512.ConditionalSelect(isSubnormal, x * Vector512.Create((double)(1L << SubnormalShift)), x).AsInt64();

        // Counted from the number after √½ instead of from a power of two. Made positive, since no processor but the newest shifts signed
        // 64-bit integers, and a double by way of its bits, since none but those converts them.
        var shift = (bits - Vector512.Create(AfterSqrtHalf) + Vector512.Create((long)ExponentBias << MantissaBits)).AsUInt64() >> MantissaBits;
        var exponent = (shift + Vector512.Create(BitConverter.DoubleToUInt64Bits(Rounder))).AsDouble() - Vector512.Create(Rounder + ExponentBias);
        exponent -= isSubnormal & Vector512.Create((double)SubnormalShift);
        var mantissa = bits - ((shift - Vector512.Create((ulong)ExponentBias)) << MantissaBits).AsInt64();
        var f = mantissa.AsDouble() - Vector512<double>.One;
        var s = f / (Vector512.Create(2.0) + f);
        var z = s * s;
        var w = z * z;
        var even = Vector512.Create(2.222219843214978396e-01) + w * Vector512.Create(1.531383769920937332e-01);
        even = w * (Vector512.Create(3.999999999940941908e-01) + w * even);
        var odd = Vector512.Create(1.818357216161805012e-01) + w * Vector512.Create(1.479819860511658591e-01);
        odd = Vector512.Create(2.857142874366239149e-01) + w * odd;
        odd = z * (Vector512.Create(6.666666666666735130e-01) + w * odd);
        var half = Vector512.Create(0.5) * f * f;
        var log = exponent * Vector512.Create(Ln2High) - (half - (s * (half + (odd + even)) + exponent * Vector512.Create(Ln2Low)) - f);
        var isNumber = Vector512.GreaterThan(x, Vector512<double>.Zero) & Vector512.LessThan(x, Vector512.Create(double.PositiveInfinity));
        var limit = Vector512.ConditionalSelect(
            Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), x + Vector512.Sqrt(x));
        return Vector512.ConditionalSelect(isNumber, log, limit);
    }

    /// <summary>Natural logarithm, with the bits of that of eight numbers.</summary>
    /// <remarks>Written again: where a vector has fewer than 512 bits, eight numbers take many times as long as one.</remarks>
    public static double Log(double x)
    {
        if (!(x > 0 && x < double.PositiveInfinity))
            return x == 0 ? double.NegativeInfinity : x + Math.Sqrt(x);
        var isSubnormal = x < SmallestNormal;
        var bits = BitConverter.DoubleToInt64Bits(isSubnormal ? x * (1L << SubnormalShift) : x);
        var power = (bits - AfterSqrtHalf + ((long)ExponentBias << MantissaBits) >>> MantissaBits) - ExponentBias;
        var exponent = (double)(isSubnormal ? power - SubnormalShift : power);
        var f = BitConverter.Int64BitsToDouble(bits - (power << MantissaBits)) - 1;
        var s = f / (2 + f);
        var z = s * s;
        var w = z * z;
        var even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        var odd = 2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01);
        odd = z * (6.666666666666735130e-01 + w * odd);
        var half = 0.5 * f * f;
        return exponent * Ln2High - (half - (s * (half + (odd + even)) + exponent * Ln2Low) - f);
    }

    /// <summary>eˣ of eight numbers, off by about one unit in the last place; 0 below −708, where it would be hardly a number.</summary>
    /// <param name="x">Any numbers; infinite above 709, NaN for NaN.</param>
    /// <remarks>
    /// FreeBSD's (Sun's) e_exp.c: <c>x = k·ln 2 + r</c>, <c>eʳ = 1 + r + r·c/(2 − c)</c> with <c>c = r − r²·P(r²)</c>, times 2ᵏ.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        var shifted = x * Vector512.Create(InverseLn2) + Vector512.Create(Rounder);
        var k = shifted - Vector512.Create(Rounder);
        var high = x - k * Vector512.Create(Ln2High);
        var low = k * Vector512.Create(Ln2Low);
        var r = high - low;
        var t = r * r;
        var p = Vector512.Create(-1.65339022054652515390e-06) + t * Vector512.Create(4.13813679705723846039e-08);
        p = Vector512.Create(6.61375632143793436117e-05) + t * p;
        p = Vector512.Create(-2.77777777770155933842e-03) + t * p;
        p = Vector512.Create(1.66666666666666019037e-01) + t * p;
        var c = r - t * p;
        var power = Vector512.Create(1.0) - (low - r * c / (Vector512.Create(2.0) - c) - high);
        var scaled = (power.AsInt64() + (shifted.AsInt64() << MantissaBits)).AsDouble();
        scaled = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-708.0)), Vector512<double>.Zero, scaled);
        scaled = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(709.0)), Vector512.Create(double.PositiveInfinity), scaled);
        return Vector512.ConditionalSelect(Vector512.Equals(x, x), scaled, x);
    }

    /// <summary>eˣ, with the bits of that of eight numbers; written again for the same reason.</summary>
    public static double Exp(double x)
    {
        if (!(x >= -708 && x <= 709))
            return x < 0 ? 0 : x > 0 ? double.PositiveInfinity : x;
        var shifted = x * InverseLn2 + Rounder;
        var k = shifted - Rounder;
        var high = x - k * Ln2High;
        var low = k * Ln2Low;
        var r = high - low;
        var t = r * r;
        var p = -1.65339022054652515390e-06 + t * 4.13813679705723846039e-08;
        p = 6.61375632143793436117e-05 + t * p;
        p = -2.77777777770155933842e-03 + t * p;
        p = 1.66666666666666019037e-01 + t * p;
        var c = r - t * p;
        var power = 1 - (low - r * c / (2 - c) - high);
        return BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(power) + (BitConverter.DoubleToInt64Bits(shifted) << MantissaBits));
    }

    /// <summary>xʸ of a number that is not negative, off by about |y·ln x| units in the last place.</summary>
    public static double Pow(double x, double y) => y == 0 ? 1 : x == 0 ? 0 : Exp(y * Log(x));

    /// <summary><c>ln(eᵃ + eᵇ)</c>, the logarithm of a sum of numbers whose logarithms are known; −∞ is that of zero.</summary>
    public static double AddLogs(double a, double b)
    {
        var (larger, smaller) = a < b ? (b, a) : (a, b);
        return double.IsNegativeInfinity(smaller) ? larger : larger + Log(1 + Exp(smaller - larger));
    }

    /// <summary>cos(π·x), off by about one unit of 1.</summary>
    /// <param name="x">From 0 to 1.</param>
    /// <remarks>FreeBSD's (Sun's) k_cos.c and k_sin.c, minimax polynomials up to π/4.</remarks>
    public static double CosPi(double x)
    {
        if (x > 0.75)
            return -CosPi(1 - x);
        if (x > 0.25)
        {
            var y = Math.PI * (0.5 - x);
            var z = y * y;
            return y + z * y * (-1.66666666666666324348e-01 + z * (8.33333333332248946124e-03 + z * (-1.98412698298579493134e-04
                + z * (2.75573137070700676789e-06 + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)))));
        }

        var u = Math.PI * x;
        var w = u * u;
        return 1 - (0.5 * w - w * (w * (4.16666666666666019037e-02 + w * (-1.38888888888741095749e-03 + w * (2.48015872894767294178e-05
            + w * (-2.75573143513906633035e-07 + w * (2.08757232129817482790e-09 - w * 1.13596475577881948265e-11)))))));
    }
}
