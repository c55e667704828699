using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>x, as a node of its own where x itself is a leaf or a number.</summary>
internal sealed class Identity : ElementwiseFunction
{
    public static readonly Identity Instance = new();

    public override string Name => "Identity";

    public override string Documentation => "x";

    public override Expr Expand(Expr x) => x;

    public override Expr Derivative(Expr x, Expr y) => x.Graph.Constant(1);
}
