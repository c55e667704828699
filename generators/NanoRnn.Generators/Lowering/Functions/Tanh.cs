using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>Hyperbolic tangent.</summary>
internal sealed class Tanh : ElementwiseFunction
{
    public static readonly Tanh Instance = new();

    public override string Name => "Tanh";

    public override string Documentation =>
        "tanh x as x·P(x²)/Q(x²), a minimax fit on |x| ≤ 13·ln 2, where tanh rounds to 1; relative error below 4e-7, ±1 beyond.";

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

    /// <summary>x held where tanh is not ±1, and P and Q.</summary>
    /// <remarks>The limits hold x² and x each by itself: the chain through x² is what the result waits for.</remarks>
    private static (Expr Held, Expr Numerator, Expr Denominator) Fit(Expr x)
    {
        const float Limit = 9.010914f;
        var held = x.Graph.Clamp(x, -Limit, Limit);
        var square = x.Graph.AtMost(x * x, Limit * Limit).Named("square");
        var numerator = Polynomial(
            square, 1.3334675E-08f, 2.0594669E-05f, 0.0034947176f, 0.13380292f, 1f);
        var denominator = Polynomial(
            square, 7.76839E-07f, 0.00032842075f, 0.025873665f, 0.46713609f, 1f);
        return (held, numerator.Named("numerator"), denominator.Named("denominator"));
    }
}
