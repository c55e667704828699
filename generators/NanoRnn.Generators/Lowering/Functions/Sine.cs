using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>Sine and cosine, by the range reduction x = n·π/2 + r.</summary>
/// <param name="isCosine">Whether it is the cosine, a quarter of a turn ahead.</param>
internal sealed class Sine(bool isCosine) : ElementwiseFunction
{
    private const float TwoOverPi = 0.636619772367581343f;

    // π/2 in three parts: n times the first, subtracted from x, is exact.
    private const float HalfPiHigh = 1.57079637f;
    private const float HalfPiMiddle = -4.37113883e-8f;
    private const float HalfPiLow = -1.71512489e-15f;

    public static readonly Sine Instance = new(isCosine: false);

    public static readonly Sine Cosine = new(isCosine: true);

    public override string Name => isCosine ? "Cos" : "Sin";

    public override string Documentation =>
        (isCosine ? "cos x" : "sin x") + ", absolute error below 1.2e-7 for |x| ≤ 8192; beyond, it loses its digits but stays between -1 " +
        "and 1. NaN at infinity. Polynomials: Cephes Mathematical Library, sinf and cosf.";

    public override Expr Expand(Expr x)
    {
        var graph = x.Graph;
        var n = (graph.FusedMultiplyAdd(x, graph.Constant(TwoOverPi), graph.Constant(Exponential.RoundingMagic)) - Exponential.RoundingMagic).Named("n");
        var r = graph.FusedMultiplyAdd(n, graph.Constant(-HalfPiHigh), x);
        r = graph.FusedMultiplyAdd(n, graph.Constant(-HalfPiMiddle), r);
        r = graph.Clamp(graph.FusedMultiplyAdd(n, graph.Constant(-HalfPiLow), r), -0.79f, 0.79f).Named("r");
        var square = (r * r).Named("square");
        var sine = graph.FusedMultiplyAdd(
            r * square, Polynomial(square, -1.9515295891E-4f, 8.3321608736E-3f, -1.6666654611E-1f), r);
        var cosine = graph.FusedMultiplyAdd(
            square * square, Polynomial(square, 2.443315711809948E-5f, -1.388731625493765E-3f, 4.166664568298827E-2f), 1 - 0.5f * square);

        // The quadrant is −1, 0, 1 or 2: what is left of n after whole turns.
        var ahead = isCosine ? n + 1 : n;
        var turns = graph.FusedMultiplyAdd(ahead, graph.Constant(0.25f), graph.Constant(-0.125f)) + Exponential.RoundingMagic - Exponential.RoundingMagic;
        var quadrant = graph.FusedMultiplyAdd(turns, graph.Constant(-4), ahead).Named("quadrant");
        var half = graph.Constant(0.5f);
        var magnitude = graph.SelectLess(graph.Abs(graph.Abs(quadrant) - 1), half, cosine.Named("cosine"), sine.Named("sine")).Named("magnitude");
        return graph.SelectLess(graph.Abs(quadrant - half), graph.Constant(1), magnitude, -magnitude);
    }

    public override Expr Derivative(Expr x, Expr y) => isCosine ? -Instance.Of(x) : Cosine.Of(x);
}
