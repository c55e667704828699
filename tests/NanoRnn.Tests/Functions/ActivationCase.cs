namespace NanoRnn.Tests.Functions;

/// <summary>An activation, what it should be, and how far from that it may be.</summary>
/// <param name="Model">The activation of 64 floats.</param>
/// <param name="Exact">Its value in double precision, between 2⁻¹⁴ and 110 on both sides of zero.</param>
/// <param name="NearZero">Its value closer to zero, to the second order.</param>
/// <param name="FarBelow">Its value below −110.</param>
/// <param name="FarAbove">Its value above 110.</param>
/// <param name="Error">The largest relative error, where the value is a normal number.</param>
/// <param name="Fall">By how many neighbouring floats a value may be below that of the float before, where the function grows.</param>
/// <param name="Falls">How many of all floats have such a value at most.</param>
internal sealed record ActivationCase(
    ISequencePredictor<float> Model,
    Func<double, double> Exact,
    Func<double, double> NearZero,
    Func<double, double> FarBelow,
    Func<double, double> FarAbove,
    double Error,
    int Fall,
    long Falls)
{
    private const double SeluScale = 1.05070098735548049;
    private const double SeluAlpha = 1.67326324235437728;

    public static readonly IReadOnlyDictionary<string, ActivationCase> All = new Dictionary<string, ActivationCase>
    {
        ["Sigmoid"] = new(
            new SigmoidOfFloats(), x => 1 / (1 + Math.Exp(-x)), x => 0.5 + x / 4, _ => 0, _ => 1, Error: 4.3e-7, Fall: 2, Falls: 864_000),
        ["Tanh"] = new(new TanhOfFloats(), Math.Tanh, x => x - x * x * x / 3, _ => -1, _ => 1, Error: 4e-7, Fall: 7, Falls: 15_580_000),
        ["Silu"] = new(
            new SiluOfFloats(), x => x / (1 + Math.Exp(-x)), x => x / 2 + x * x / 4, _ => 0, x => x, Error: 5e-7, Fall: 3, Falls: 1_240_000),
        ["Gelu"] = new(
            new GeluOfFloats(), x => x > 0 ? x - x * NormalTail(x) : x * NormalTail(-x), x => x / 2 + x * x / Math.Sqrt(2 * Math.PI),
            _ => 0, x => x, Error: 7e-7, Fall: 5, Falls: 3_750_000),
        ["Softplus"] = new(
            new SoftplusOfFloats(), x => Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x))), x => Math.Log(2) + x / 2 + x * x / 8, _ => 0,
            x => x, Error: 4e-7, Fall: 4, Falls: 3_530_000),
        ["Softsign"] = new(
            new SoftsignOfFloats(), x => x / (1 + Math.Abs(x)), x => x / (1 + Math.Abs(x)), x => x < float.MinValue ? -1 : x / (1 - x),
            x => x > float.MaxValue ? 1 : x / (1 + x), Error: 1.3e-7, Fall: 2, Falls: 16_670_000),
        ["Elu"] = new(new EluOfFloats(), x => x > 0 ? x : ExpM1(x), x => x > 0 ? x : x + x * x / 2, _ => -1, x => x, Error: 3e-7, Fall: 0, Falls: 0),
        ["Selu"] = new(
            new SeluOfFloats(), x => SeluScale * (x > 0 ? x : SeluAlpha * ExpM1(x)),
            x => SeluScale * (x > 0 ? x : SeluAlpha * (x + x * x / 2)), _ => -SeluScale * SeluAlpha, x => SeluScale * x, Error: 4e-7, Fall: 0, Falls: 0),
        ["Exponential"] = new(
            new ExponentialOfFloats(), Math.Exp, x => 1 + x + x * x / 2, _ => 0, _ => double.PositiveInfinity, Error: 2e-7, Fall: 1, Falls: 896_000),
    };

    public double ExactAt(double x) => Math.Abs(x) < 6.103515625e-5 ? NearZero(x) : x < -110 ? FarBelow(x) : x > 110 ? FarAbove(x) : Exact(x);

    /// <summary>ln(1 + u), by Kahan's correction of the rounding of 1 + u.</summary>
    private static double Log1P(double u) => 1 + u == 1 ? u : Math.Log(1 + u) * u / (1 + u - 1);

    /// <summary>eˣ − 1.</summary>
    private static double ExpM1(double x) => 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    /// <summary>The share of a normal distribution beyond a ≥ 0: the series of the error function, Laplace's continued fraction beyond 3.</summary>
    private static double NormalTail(double a)
    {
        if (a > 3)
        {
            double fraction = 0;
            for (var n = 60; n > 0; n--)
                fraction = n / (a + fraction);
            return Math.Exp(-a * a / 2) / (Math.Sqrt(2 * Math.PI) * (a + fraction));
        }

        double sum = a, term = a;
        for (var n = 1; Math.Abs(term) > 1e-17 * a; n++)
        {
            term *= -a * a / (2 * n);
            sum += term / (2 * n + 1);
        }

        return 0.5 - sum / Math.Sqrt(2 * Math.PI);
    }
}
