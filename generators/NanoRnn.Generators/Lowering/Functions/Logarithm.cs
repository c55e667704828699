using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>The natural logarithm, by the range reduction x = 2ⁿ·m.</summary>
internal sealed class Logarithm : ElementwiseFunction
{
    private const float SmallestNormal = 1.17549435e-38f;

    // ln 2 in two parts; the first has few bits, so that its product with n is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    public static readonly Logarithm Instance = new();

    public override string Name => "Log";

    public override string Documentation =>
        "ln x, relative error below 3e-7; -infinity at 0, NaN below. Range reduction and polynomial: Cephes Mathematical Library, logf.";

    public override Expr Expand(Expr x)
    {
        var graph = x.Graph;
        var (n, m) = Split(x);
        var result = graph.FusedMultiplyAdd(n, graph.Constant(Ln2High), graph.FusedMultiplyAdd(n, graph.Constant(Ln2Low), OfMantissa(m)));
        return OnDomain(x, graph.Constant(float.NegativeInfinity), result, x);
    }

    public override Expr Derivative(Expr x, Expr y) => 1 / x;

    /// <summary>n and m, such that x = 2ⁿ·m with √½ ≤ m &lt; √2, for any positive finite x.</summary>
    internal static (Expr N, Expr M) Split(Expr x)
    {
        const float Scale = 1 << 24;
        var graph = x.Graph;
        var normal = graph.SelectLess(x, graph.Constant(SmallestNormal), Scale * x, x).Named("normal");
        var shift = graph.SelectLess(x, graph.Constant(SmallestNormal), graph.Constant(24), graph.Constant(0));
        var exponent = (graph.BinaryExponent(normal) - Exponential.RoundingMagic).Named("exponent");
        var m = graph.ScaleByPowerOfTwo(normal, Exponential.RoundingMagic - exponent).Named("m");
        return ((exponent - shift).Named("n"), m);
    }

    /// <summary>ln m for √½ ≤ m &lt; √2.</summary>
    internal static Expr OfMantissa(Expr m)
    {
        var f = (m - 1).Named("f");
        var square = (f * f).Named("square");
        var tail = Polynomial(
            f, 7.0376836292E-2f, -1.1514610310E-1f, 1.1676998740E-1f, -1.2420140846E-1f, 1.4249322787E-1f, -1.6668057665E-1f,
            2.0000714765E-1f, -2.4999993993E-1f, 3.3333331174E-1f);
        return f + m.Graph.FusedMultiplyAdd(f * square, tail, -0.5f * square);
    }

    /// <summary>
    /// <paramref name="result"/> for positive numbers; a value at 0, NaN below, and a value for infinity and NaN.
    /// </summary>
    internal static Expr OnDomain(Expr x, Expr atZero, Expr result, Expr beyond)
    {
        var (graph, zero) = (x.Graph, x.Graph.Constant(0));
        var outside = graph.SelectLessOrEqual(zero, x, atZero, graph.Constant(float.NaN));
        var inside = graph.SelectLessOrEqual(x, graph.Constant(float.MaxValue), result, beyond);
        return graph.SelectLessOrEqual(x, zero, outside, inside);
    }
}
