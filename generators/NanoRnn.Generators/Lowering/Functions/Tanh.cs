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
        var (numerator, denominator) = Fraction(x, 1);
        return x.Graph.Quotient(numerator, denominator);
    }

    public override Expr Derivative(Expr x, Expr y) => 1 - y * y;

    /// <summary>Numerator and denominator of <paramref name="scale"/>·tanh(<paramref name="scale"/>·x), for a power of two.</summary>
    /// <remarks>The limits hold x² and x each by itself: the chain through x² is what the result waits for.</remarks>
    internal static (Expr Numerator, Expr Denominator) Fraction(Expr x, float scale)
    {
        const float Limit = 9;
        var (limit, square) = (Limit / scale, scale * scale);
        var held = x.Graph.Clamp(x, -limit, limit);
        var s = x.Graph.AtMost(x * x, limit * limit).Named("square");
        var numerator = Polynomial(
            s, Scaled(1.3354913619423314e-08f, 5), Scaled(2.0609302737284452e-05f, 4), Scaled(0.003495603334158659f, 3),
            Scaled(0.1338103860616684f, 2), Scaled(1f, 1));
        var denominator = Polynomial(
            s, Scaled(7.776673101034248e-07f, 4), Scaled(0.00032856586039997637f, 3), Scaled(0.02587704174220562f, 2),
            Scaled(0.46714353561401367f, 1), 1f);
        return (held * numerator.Named("numerator"), denominator.Named("denominator"));

        float Scaled(float coefficient, int power) => coefficient * (float)Math.Pow(square, power);
    }
}
