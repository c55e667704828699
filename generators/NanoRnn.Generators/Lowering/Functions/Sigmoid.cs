using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>The logistic function.</summary>
internal sealed class Sigmoid : ElementwiseFunction
{
    public static readonly Sigmoid Instance = new();

    public override string Name => "Sigmoid";

    public override string Documentation => "1 / (1 + e⁻ˣ), relative error below 3e-7 for every x above -87.";

    public override Expr Expand(Expr x)
    {
        var (r, half) = Exponential.Reduce(-x.Graph.Clamp(x, -Exponential.Limit, Exponential.Limit));
        var power = (1 + r + r * r * Exponential.Tail(r)).Named("power");
        return 1 / (1 + (power + power) * half);
    }

    public override Expr Derivative(Expr x, Expr y) => y * (1 - y);
}
