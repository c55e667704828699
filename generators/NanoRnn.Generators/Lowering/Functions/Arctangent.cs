using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>The inverse of the tangent.</summary>
internal sealed class Arctangent : ElementwiseFunction
{
    private const float HalfPi = 1.57079632679489662f;
    private const float QuarterPi = 0.785398163397448310f;

    public static readonly Arctangent Instance = new();

    public override string Name => "Atan";

    public override string Documentation =>
        "arctan x, relative error below 3e-7. Range reduction and polynomial: Cephes Mathematical Library, atanf.";

    public override Expr Expand(Expr x)
    {
        var graph = x.Graph;
        var a = graph.Abs(x).Named("a");
        var (large, middle) = (graph.Constant(2.414213562373095f), graph.Constant(0.4142135623730950f));
        var numerator = graph.SelectLess(large, a, graph.Constant(-1), graph.SelectLess(middle, a, a - 1, a));
        var denominator = graph.SelectLess(large, a, a, graph.SelectLess(middle, a, a + 1, graph.Constant(1)));
        var start = graph.SelectLess(
            large, a, graph.Constant(HalfPi), graph.SelectLess(middle, a, graph.Constant(QuarterPi), graph.Constant(0)));
        var r = (numerator / denominator).Named("r");
        var square = (r * r).Named("square");
        var tail = Polynomial(square, 8.05374449538e-2f, -1.38776856032E-1f, 1.99777106478E-1f, -3.33329491539E-1f);
        var magnitude = (start + graph.FusedMultiplyAdd(r * square, tail, r)).Named("magnitude");
        return graph.SelectLess(x, graph.Constant(0), -magnitude, magnitude);
    }

    public override Expr Derivative(Expr x, Expr y) => 1 / (x * x + 1);
}
