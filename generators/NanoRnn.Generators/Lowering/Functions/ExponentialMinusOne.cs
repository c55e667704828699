using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>eˣ − 1 without cancellation near zero.</summary>
internal sealed class ExponentialMinusOne : ElementwiseFunction
{
    public static readonly ExponentialMinusOne Instance = new();

    public override string Name => "ExpMinusOne";

    public override string Documentation =>
        "eˣ - 1, accurate near zero: with x = n·ln 2 + r it is 2ⁿ·(eʳ - 1) + (2ⁿ - 1).";

    public override Expr Expand(Expr x)
    {
        var (r, shifted) = Exponential.Reduce(x.Graph.Clamp(x, -Exponential.Limit, Exponential.Limit));
        var scale = x.Graph.ScaleByPowerOfTwo(x.Graph.Constant(1), shifted).Named("scale");
        return x.Graph.FusedMultiplyAdd(scale, r + r * r * Exponential.Tail(r), scale - 1);
    }

    public override Expr Derivative(Expr x, Expr y) => y + 1;
}
