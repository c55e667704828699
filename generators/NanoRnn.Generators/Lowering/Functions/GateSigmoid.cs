using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>
/// The logistic function for the gates of a cell, whose absolute error is what counts: sooner there than <see cref="Sigmoid"/>,
/// whose relative error is small too.
/// </summary>
internal sealed class GateSigmoid : ElementwiseFunction
{
    public static readonly GateSigmoid Instance = new();

    public override string Name => "GateSigmoid";

    public override string Documentation => "1 / (1 + e⁻ˣ) as (1 + tanh(x/2)) / 2, absolute error below 1.2e-7.";

    public override Expr Expand(Expr x)
    {
        var (numerator, denominator) = Fit(x);
        return numerator / (denominator + denominator);
    }

    /// <remarks>As part of a larger product it would gain nothing: the division waits for the numerator then.</remarks>
    public override bool HasProduct(bool withAddend) => withAddend;

    /// <remarks>The division need not wait for the numerator.</remarks>
    public override Expr ExpandProduct(Expr x, Expr factor, Expr? addend)
    {
        var (numerator, denominator) = Fit(x);
        return numerator * (0.5f * factor / denominator) + addend!;
    }

    public override Expr Derivative(Expr x, Expr y) => Sigmoid.Instance.Derivative(x, y);

    /// <summary>Twice the function as a quotient.</summary>
    private static (Expr Numerator, Expr Denominator) Fit(Expr x)
    {
        // The same fit as for tanh: with one of its own, a cell's constants would not fit the registers.
        var (held, numerator, denominator) = Tanh.Fit((0.5f * x).Named("half"));
        return ((held * numerator + denominator).Named("sum"), denominator);
    }
}
