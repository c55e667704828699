using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>x / (1 + |x|).</summary>
internal sealed class Softsign : ElementwiseFunction
{
    public static readonly Softsign Instance = new();

    public override string Name => "Softsign";

    public override string Documentation => "x / (1 + |x|), 1 at infinity.";

    public override Expr Expand(Expr x)
    {
        var held = x.Graph.Clamp(x, float.MinValue, float.MaxValue).Named("held");
        return held / (1 + x.Graph.Abs(held));
    }

    public override Expr Derivative(Expr x, Expr y)
    {
        var slope = 1 - x.Graph.Abs(y);
        return slope * slope;
    }
}
