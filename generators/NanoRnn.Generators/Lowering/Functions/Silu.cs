using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>x times its sigmoid.</summary>
internal sealed class Silu : ElementwiseFunction
{
    public static readonly Silu Instance = new();

    public override string Name => "Silu";

    public override string Documentation => "x / (1 + e⁻ˣ), relative error below 5e-7; 0 below -92.5.";

    /// <remarks>
    /// Some quotients are normal numbers where the denominator is none: below -1 it is 2⁶ times as small, and the numerator too.
    /// </remarks>
    public override Expr Expand(Expr x)
    {
        const float Scale = 1f / 64;
        var (graph, limit) = (x.Graph, x.Graph.Constant(-1));
        var held = graph.AtLeast(x, -100).Named("held");
        var denominator = Sigmoid.Denominator(x, k: 6);
        return graph.SelectLess(x, limit, held * Scale, held) / graph.SelectLess(x, limit, denominator, denominator * (1 / Scale));
    }

    public override Expr Derivative(Expr x, Expr y)
    {
        var sigmoid = Sigmoid.Instance.Of(x);
        return sigmoid + y * (1 - sigmoid);
    }
}
