using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>x / (1 + |x|).</summary>
internal sealed class Softsign : ElementwiseFunction
{
    public static readonly Softsign Instance = new();

    public override string Name => "Softsign";

    public override string Documentation => "x / (1 + |x|)";

    public override Expr Expand(Expr x) => x / (1 + x.Graph.Abs(x));

    public override Expr Derivative(Expr x, Expr y)
    {
        var slope = 1 - x.Graph.Abs(y);
        return slope * slope;
    }
}
