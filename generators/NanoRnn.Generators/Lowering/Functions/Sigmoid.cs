using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>The logistic function.</summary>
internal sealed class Sigmoid : ElementwiseFunction
{
    private const float Ln2 = 0.693147180559945f;

    public static readonly Sigmoid Instance = new();

    public override string Name => "Sigmoid";

    public override string Documentation =>
        "1 / (1 + e⁻ˣ), relative error below 4.3e-7; 0 below -88.4. With x = r - n·ln 2 it is 1 / (1 + 2ⁿ·e⁻ʳ), and e⁻ʳ a minimax fit.";

    public override Expr Expand(Expr x) => 1 / Denominator(x);

    public override bool HasProduct(bool withAddend) => true;

    /// <remarks>The factor takes the place of the 1.</remarks>
    public override Expr ExpandProduct(Expr x, Expr factor, Expr? addend) =>
        addend is null ? factor / Denominator(x) : factor / Denominator(x) + addend;

    public override Expr Derivative(Expr x, Expr y) => y * (1 - y);

    /// <summary>(1 + e⁻ˣ)·2⁻ᵏ for an integer k, infinity where that leaves the range of a float.</summary>
    internal static Expr Denominator(Expr x, int k = 0)
    {
        // 2ⁿ⁻ᵏ is 0 at the upper end, infinite at the lower one.
        var (graph, low, high) = (x.Graph, -(127.7f + k) * Ln2, (126.9f - k) * Ln2);
        var one = graph.Constant((float)Math.Pow(2, -k));
        // Adding it rounds to an integer and leaves that, as a float's exponent, in the low bits.
        var magic = graph.Constant(Exponential.RoundingMagic + 127 - k);
        var held = graph.Clamp(x, low, high).Named("held");
        var shifted = graph.FusedMultiplyAdd(held, graph.Constant(-Exponential.Log2E), magic).Named("shifted");
        var r = graph.FusedMultiplyAdd(magic - shifted, graph.Constant(-Ln2), held).Named("r");
        var scale = graph.PowerOfTwo(shifted).Named("scale");
        // e⁻ʳ = 1 − r + r²·tail: what comes before the tail meets the scale while the tail is computed.
        var tail = Polynomial(r, -0.008313014f, 0.04189052f, -0.16667089f, 0.4999922f);
        return graph.FusedMultiplyAdd(tail, scale * (r * r), graph.FusedMultiplyAdd(1 - r, scale, one)).Named("denominator");
    }
}
