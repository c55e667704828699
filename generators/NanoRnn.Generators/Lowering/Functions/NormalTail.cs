using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Lowering.Functions;

/// <summary>The share of a normal distribution beyond a number that is not negative.</summary>
internal sealed class NormalTail : ElementwiseFunction
{
    private const float RootOfTwoPi = 2.50662827463100050f;

    /// <summary>Where the share is below the smallest normal number.</summary>
    internal const float Limit = 13.3f;

    public static readonly NormalTail Instance = new();

    public override string Name => "NormalTail";

    public override string Documentation =>
        "½·erfc(a/√2) for a ≥ 0 as e^(-a²/2)·N(a)/D(a), a minimax fit, relative error below 5e-7; 0 above 13.2.";

    public override Expr Expand(Expr a) => Product(a, a.Graph.Constant(1));

    public override Expr Derivative(Expr a, Expr y) => -Density(a);

    /// <summary>Its value times a factor, which is known before.</summary>
    internal static Expr Product(Expr a, Expr factor)
    {
        var held = a.Graph.AtMost(a, Limit).Named("held");
        var numerator = Polynomial(held, 0.004020226f, 0.03998441f, 0.18130744f, 0.43568724f, 0.5f);
        var denominator = Polynomial(held, 0.0100770695f, 0.10023343f, 0.46438214f, 1.194487f, 1.6692594f, 1f);
        return factor * Bell(held) * numerator.Named("numerator") / denominator.Named("denominator");
    }

    /// <summary>The density of the distribution.</summary>
    internal static Expr Density(Expr x) => 1 / RootOfTwoPi * Bell(x.Graph.AtMost(x.Graph.Abs(x), Limit));

    /// <summary>e^(-a²/2), with what the square lost when it was rounded.</summary>
    private static Expr Bell(Expr a)
    {
        var square = (a * a).Named("square");
        var lost = a.Graph.FusedMultiplyAdd(a, a, -square);
        var bell = Exponential.Instance.Of(-0.5f * square).Named("bell");
        return a.Graph.FusedMultiplyAdd(bell, -0.5f * lost, bell);
    }
}
