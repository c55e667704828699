using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>Hyperbolic cosine.</summary>
internal sealed class HyperbolicCosine : ElementwiseFunction
{
    public static readonly HyperbolicCosine Instance = new();

    public override string Name => "Cosh";

    public override string Documentation => "cosh x as (e^|x| + e^-|x|)/2, relative error below 6e-7.";

    public override Expr Expand(Expr x)
    {
        var (growing, shrinking) = HyperbolicSine.Halves(x);
        return growing + shrinking;
    }

    public override Expr Derivative(Expr x, Expr y) => HyperbolicSine.Instance.Of(x);
}
