using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>ln(1 + eˣ).</summary>
internal sealed class Softplus : ElementwiseFunction
{
    public static readonly Softplus Instance = new();

    public override string Name => "Softplus";

    public override string Documentation =>
        "ln(1 + eˣ) as max(x, 0) + ln(1 + u) with u = e^-|x|, and ln(1 + u) = 2·artanh(s/2) with s = 2u / (2 + u) by its series.";

    public override Expr Expand(Expr x)
    {
        var zero = x.Graph.Constant(0);
        var u = Exponential.Instance.Of(-x.Graph.Abs(x)).Named("u");
        var s = ((u + u) / (2 + u)).Named("s");
        var series = Polynomial(
            0.25f * s * s, 1f / 15, 1f / 13, 1f / 11, 1f / 9, 1f / 7, 1f / 5, 1f / 3, 1f);
        return s * series + x.Graph.SelectLessOrEqual(x, zero, zero, x);
    }

    public override Expr Derivative(Expr x, Expr y) => -ExponentialMinusOne.Instance.Of(-y);
}
