using System.Globalization;
using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>x to a constant power that is neither a small integer nor a half, for x ≥ 0.</summary>
internal sealed class Power : ElementwiseFunction
{
    /// <summary>Integers up to this are products.</summary>
    private const float MaxProduct = 16;

    private const float Ln2 = 0.693147180559945f;

    private readonly float _exponent;

    private Power(float exponent) => _exponent = exponent;

    public override string Name =>
        "Power" + Text.Replace("-", "Minus").Replace(".", "Point").Replace("+", "") + "Of";

    public override string Documentation =>
        $"x to the power {Text} as 2 to the power {Text}·log₂ x, relative error below {Error}; NaN below 0.";

    private string Error => (1e-7 * (1 + Math.Abs(_exponent) / 2)).ToString("0.#E+0", CultureInfo.InvariantCulture);

    private string Text => _exponent.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>x to a constant power, as products, a root, or this function.</summary>
    public static Expr Raise(Expr x, float exponent)
    {
        var graph = x.Graph;
        if (exponent < 0 && IsSimple(-exponent))
            return 1 / Raise(x, -exponent);
        if (exponent == 0.5f)
            return graph.SquareRoot(x);
        if (IsSimple(exponent))
            return Product(x, (int)exponent);
        if (Math.Floor(exponent) != exponent)
            return new Power(exponent).Of(x);
        var magnitude = new Power(exponent).Of(graph.Abs(x));
        return exponent % 2 == 0 ? magnitude : graph.SelectLess(x, graph.Constant(0), -magnitude, magnitude);
    }

    public override Expr Expand(Expr x)
    {
        const float Overflow = 127.9999f, Underflow = -126;
        var (graph, exponent) = (x.Graph, x.Graph.Constant(_exponent));
        var (n, m) = Logarithm.Split(x);
        var fraction = (Exponential.Log2E * Logarithm.OfMantissa(m)).Named("fraction");
        var total = graph.FusedMultiplyAdd(exponent, fraction, exponent * n).Named("total");
        var shifted = (graph.Clamp(total, Underflow, Overflow) + Exponential.RoundingMagic).Named("shifted");
        var rest = graph.FusedMultiplyAdd(exponent, n, Exponential.RoundingMagic - shifted);
        // A little more than ln 2 / 2: near a half, the rounding of the total decides for one side, that of the rest for the other.
        var r = graph.Clamp(Ln2 * graph.FusedMultiplyAdd(exponent, fraction, rest), -0.35f, 0.35f).Named("r");
        var power = graph.ScaleByPowerOfTwo(1 + r + r * r * Exponential.Tail(r), shifted);
        var (zero, infinity) = (graph.Constant(0), graph.Constant(float.PositiveInfinity));
        var result = graph.SelectLessOrEqual(
            graph.Constant(Overflow), total, infinity, graph.SelectLessOrEqual(total, graph.Constant(Underflow), zero, power));
        var (atZero, beyond, atMinusInfinity) = _exponent > 0 ? (zero, x, infinity) : (infinity, 1 / x, zero);
        return graph.SelectLess(x, graph.Constant(float.MinValue), atMinusInfinity, Logarithm.OnDomain(x, atZero, result, beyond));
    }

    public override Expr Derivative(Expr x, Expr y) => _exponent * Raise(x, _exponent - 1);

    public override bool Equals(object? obj) => obj is Power other && other._exponent == _exponent;

    public override int GetHashCode() => _exponent.GetHashCode();

    private static bool IsSimple(float exponent) =>
        exponent == 0.5f || (exponent is >= 0 and <= MaxProduct && Math.Floor(exponent) == exponent);

    private static Expr Product(Expr x, int exponent) => exponent switch
    {
        0 => x.Graph.Constant(1),
        1 => x,
        _ when exponent % 2 == 0 => Product(x * x, exponent / 2),
        _ => x * Product(x, exponent - 1),
    };
}
