using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>x times its sigmoid.</summary>
internal sealed class Silu : ElementwiseFunction
{
    public static readonly Silu Instance = new();

    public override string Name => "Silu";

    public override string Documentation => "x / (1 + e⁻ˣ), relative error below 5e-7; 0 below -92.5.";

    /// <remarks>Numerator and denominator are 2⁶ times as small: the quotient of some numbers is normal where the denominator is not.</remarks>
    public override Expr Expand(Expr x) => x.Graph.AtLeast(x, -100) * (1f / 64) / Sigmoid.Denominator(x, k: 6);

    public override Expr Derivative(Expr x, Expr y)
    {
        var sigmoid = Sigmoid.Instance.Of(x);
        return sigmoid + y * (1 - sigmoid);
    }
}
