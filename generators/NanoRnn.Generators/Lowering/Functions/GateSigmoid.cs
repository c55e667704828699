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

    public override string Documentation => "1 / (1 + e⁻ˣ) as 1/2 + 1/2·tanh(x/2), absolute error below 1.2e-7.";

    public override Expr Expand(Expr x)
    {
        // The same fit as for tanh: with one of its own, a cell's constants would not fit the registers.
        var (held, numerator, denominator) = Tanh.Fit((0.5f * x).Named("half"));
        return 0.5f * held * numerator / denominator + 0.5f;
    }

    public override Expr Derivative(Expr x, Expr y) => Sigmoid.Instance.Derivative(x, y);
}
