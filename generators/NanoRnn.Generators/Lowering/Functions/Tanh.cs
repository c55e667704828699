using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>Hyperbolic tangent.</summary>
internal sealed class Tanh : ElementwiseFunction
{
    public static readonly Tanh Instance = new();

    public override string Name => "Tanh";

    public override string Documentation =>
        "tanh x as x·P(x²)/Q(x²), a minimax fit on |x| ≤ 9, where tanh rounds to 1; relative error below 4e-7.";

    public override Expr Expand(Expr x)
    {
        var (held, numerator, denominator) = Fit(x);
        return held * numerator / denominator;
    }

    public override bool HasProduct(bool withAddend) => true;

    /// <remarks>
    /// Alone, the factor meets x while the polynomials are computed; with an addend, the division need not wait for the numerator's product
    /// with x.
    /// </remarks>
    public override Expr ExpandProduct(Expr x, Expr factor, Expr? addend)
    {
        var (held, numerator, denominator) = Fit(x);
        return addend is null ? factor * held * numerator / denominator : held * numerator * (factor / denominator) + addend;
    }

    public override Expr Derivative(Expr x, Expr y) => 1 - y * y;

    /// <summary>x held between ± 9, and P and Q.</summary>
    /// <remarks>The limits hold x² and x each by itself: the chain through x² is what the result waits for.</remarks>
    internal static (Expr Held, Expr Numerator, Expr Denominator) Fit(Expr x)
    {
        const float Limit = 9;
        var held = x.Graph.Clamp(x, -Limit, Limit);
        var square = x.Graph.AtMost(x * x, Limit * Limit).Named("square");
        var numerator = Polynomial(
            square, 1.3354913619423314e-08f, 2.0609302737284452e-05f, 0.003495603334158659f, 0.1338103860616684f, 1f);
        var denominator = Polynomial(
            square, 7.776673101034248e-07f, 0.00032856586039997637f, 0.02587704174220562f, 0.46714353561401367f, 1f);
        return (held, numerator.Named("numerator"), denominator.Named("denominator"));
    }
}
