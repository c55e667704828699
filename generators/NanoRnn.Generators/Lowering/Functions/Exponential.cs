using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>eˣ and its relatives, by the range reduction x = n·ln 2 + r.</summary>
internal sealed class Exponential : ElementwiseFunction
{
    /// <summary>−126·ln 2: below, the value is no normal number.</summary>
    public const float Limit = 87.336548f;

    public const float Log2E = 1.44269504088896341f;

    /// <summary>1.5·2²³: adding it rounds to an integer and leaves that in the low bits.</summary>
    public const float RoundingMagic = 12582912f;

    // ln 2 in two parts; the first has few bits, so that its product with n is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    public static readonly Exponential Instance = new();

    public override string Name => "Exp";

    public override string Documentation =>
        "eˣ, error below 2 units in the last place; 0 below -87.3, infinity above 88.7. Range reduction and polynomial: " +
        "Cephes Mathematical Library, expf.";

    public override Expr Expand(Expr x)
    {
        var graph = x.Graph;
        var limit = graph.Constant(88.722839f);
        var (r, shifted) = Reduce(graph.Clamp(x, -Limit, limit.Value));
        var power = graph.ScaleByPowerOfTwo(1 + r + r * r * Tail(r), shifted);
        var overflow = graph.SelectLessOrEqual(limit, x, graph.Constant(float.PositiveInfinity), power);
        return graph.SelectLessOrEqual(x, graph.Constant(-Limit), graph.Constant(0), overflow);
    }

    public override Expr Derivative(Expr x, Expr y) => y;

    /// <summary>r, and n for <see cref="ExprGraph.ScaleByPowerOfTwo"/>, such that eˣ = 2ⁿ·eʳ with |r| ≤ ln 2 / 2.</summary>
    internal static (Expr R, Expr Shifted) Reduce(Expr x)
    {
        var graph = x.Graph;
        var shifted = graph.FusedMultiplyAdd(x, graph.Constant(Log2E), graph.Constant(RoundingMagic)).Named("shifted");
        var n = (shifted - RoundingMagic).Named("n");
        var r = graph.FusedMultiplyAdd(
            n, graph.Constant(-Ln2Low), graph.FusedMultiplyAdd(n, graph.Constant(-Ln2High), x)).Named("r");
        return (r, shifted);
    }

    /// <summary>(eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2.</summary>
    internal static Expr Tail(Expr r) => Polynomial(
        r, 1.9875691500E-4f, 1.3981999507E-3f, 8.3334519073E-3f, 4.1665795894E-2f, 1.6666665459E-1f, 5.0000001201E-1f);
}
