using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>x times the share of a normal distribution below x (Hendrycks and Gimpel 2016, without approximation).</summary>
internal sealed class Gelu : ElementwiseFunction
{
    public static readonly Gelu Instance = new();

    public override string Name => "Gelu";

    public override string Documentation => "max(x, 0) - |x|·Q(|x|), where Q is the NormalTail, relative error below 7e-7; 0 below -13.2.";

    public override Expr Expand(Expr x)
    {
        var magnitude = x.Graph.Abs(x).Named("magnitude");
        return x.Graph.AtLeast(x, 0) - NormalTail.Product(magnitude, x.Graph.AtMost(magnitude, NormalTail.Limit));
    }

    public override Expr Derivative(Expr x, Expr y)
    {
        var tail = NormalTail.Instance.Of(x.Graph.Abs(x));
        var below = x.Graph.SelectLessOrEqual(x, x.Graph.Constant(0), tail, 1 - tail);
        return below + x.Graph.Clamp(x, -NormalTail.Limit, NormalTail.Limit) * NormalTail.Density(x);
    }
}
