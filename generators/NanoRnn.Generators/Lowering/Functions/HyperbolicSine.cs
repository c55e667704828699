using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>Hyperbolic sine.</summary>
internal sealed class HyperbolicSine : ElementwiseFunction
{
    public static readonly HyperbolicSine Instance = new();

    public override string Name => "Sinh";

    public override string Documentation =>
        "sinh x, relative error below 6e-7: a polynomial for |x| ≤ 1 (Cephes Mathematical Library, sinhf), beyond (e^|x| - e^-|x|)/2.";

    public override Expr Expand(Expr x)
    {
        var graph = x.Graph;
        var (growing, shrinking) = Halves(x);
        var magnitude = (growing - shrinking).Named("magnitude");
        var square = (x * x).Named("square");
        var small = graph.FusedMultiplyAdd(x * square, Polynomial(square, 2.03721912945E-4f, 8.33028376239E-3f, 1.66667160211E-1f), x);
        var large = graph.SelectLess(x, graph.Constant(0), -magnitude, magnitude);
        return graph.SelectLessOrEqual(graph.Abs(x), graph.Constant(1), small, large);
    }

    public override Expr Derivative(Expr x, Expr y) => HyperbolicCosine.Instance.Of(x);

    /// <summary>e^|x|/2 and e^-|x|/2; the former is finite as long as sinh x is.</summary>
    internal static (Expr Growing, Expr Shrinking) Halves(Expr x)
    {
        var root = Exponential.Instance.Of(0.5f * x.Graph.Abs(x)).Named("root");
        var half = (0.5f * root).Named("half");
        return (half * root, 0.5f / root / root);
    }
}
