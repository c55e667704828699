using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>The error function.</summary>
internal sealed class Erf : ElementwiseFunction
{
    private const float TwoOverRootPi = 1.12837916709551257f;

    public static readonly Erf Instance = new();

    public override string Name => "Erf";

    public override string Documentation =>
        "erf x as x·P(x²)/Q(x²), a minimax fit on |x| ≤ 3.92, where erf rounds to 1; relative error below 4e-7.";

    public override Expr Expand(Expr x)
    {
        var held = x.Graph.Clamp(x, -3.92f, 3.92f).Named("held");
        var square = (held * held).Named("square");
        var numerator = Polynomial(
            square, 2.0500331174844177e-06f, 0.0002848751610144973f, 0.003765515051782131f, 0.052748408168554306f,
            0.19040481746196747f, 1.1283791065216064f);
        var denominator = Polynomial(
            square, 3.809075496974401e-05f, 0.001162500586360693f, 0.014969022944569588f, 0.11410833895206451f,
            0.5020745992660522f, 1f);
        return held * numerator.Named("numerator") / denominator.Named("denominator");
    }

    public override Expr Derivative(Expr x, Expr y) => TwoOverRootPi * Exponential.Instance.Of(-(x * x));
}
