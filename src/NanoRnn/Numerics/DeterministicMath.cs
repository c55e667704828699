using System.Runtime.CompilerServices;

namespace NanoRnn.Numerics;

/// <summary>
/// Functions in plain double arithmetic, so that every platform returns the same bits; a platform's own library does not
/// promise that.
/// </summary>
internal static class DeterministicMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const int MantissaBits = 52;
    private const int SubnormalShift = 54;

    /// <summary>The bits of the smallest double greater than √½ = 0.70710678118654752440.</summary>
    private const long AfterSqrtHalf = 0x3FE6_A09E_667F_3BCE;

    /// <summary>Natural logarithm, off by less than one unit in the last place of a double.</summary>
    /// <param name="x">Any number; NaN below zero, −∞ at zero.</param>
    /// <remarks>
    /// FreeBSD's (Sun's) e_log.c: <c>x = 2ᵏ(1 + f)</c> with <c>√½ &lt; 1 + f ≤ √2</c>, <c>s = f/(2 + f)</c>,
    /// <c>ln(1 + f) = f − f²/2 + s(f²/2 + R(s²))</c> with a minimax polynomial R of degree 14 in s.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log(double x)
    {
        if (!(x > 0))
            return x == 0 ? double.NegativeInfinity : double.NaN;
        if (double.IsPositiveInfinity(x))
            return x;
        var exponent = 0;
        if (double.IsSubnormal(x))
        {
            x *= 1L << SubnormalShift;
            exponent = -SubnormalShift;
        }

        // Counted from the number after √½ instead of from a power of two, so that no branch depends on the mantissa.
        var bits = BitConverter.DoubleToInt64Bits(x);
        var shift = bits - AfterSqrtHalf >> MantissaBits;
        exponent += (int)shift;
        var f = BitConverter.Int64BitsToDouble(bits - (shift << MantissaBits)) - 1;
        var s = f / (2 + f);
        var z = s * s;
        var w = z * z;
        var even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        var odd = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01
            + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        var half = 0.5 * f * f;
        return exponent * Ln2High - (half - (s * (half + (odd + even)) + exponent * Ln2Low) - f);
    }
}
