using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>The logistic function.</summary>
internal sealed class Sigmoid : ElementwiseFunction
{
    public static readonly Sigmoid Instance = new();

    public override string Name => "Sigmoid";

    public override string Documentation =>
        "1 / (1 + e⁻ˣ) for |x| ≤ 87, absolute error below 1.1e-7: e⁻ˣ as 2ⁿ·2ᶠ, a minimax fit on |f| ≤ 1/2.";

    public override Expr Expand(Expr x)
    {
        var graph = x.Graph;
        var held = graph.Clamp(x, -Exponential.Limit, Exponential.Limit).Named("held");
        var shifted = graph.FusedMultiplyAdd(held, graph.Constant(-Exponential.Log2E), graph.Constant(Exponential.RoundingMagic)).Named("shifted");
        var f = graph.FusedMultiplyAdd(held, graph.Constant(-Exponential.Log2E), Exponential.RoundingMagic - shifted).Named("f");
        var power = Polynomial(
            f, 0.001326472731307149f, 0.009671512991189957f, 0.05550733581185341f, 0.24022242426872253f, 0.6931470036506653f, 1f);
        return 1 / (1 + graph.ScaleByPowerOfTwo(power.Named("power"), shifted)).Named("denominator");
    }

    public override Expr Derivative(Expr x, Expr y) => y * (1 - y);
}
