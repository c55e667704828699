namespace NanoRnn.Coefficients.Fits;

/// <summary>
/// e^(a²/2)·Q(a) for 0 ≤ a ≤ 13.3, where Q is the share of a normal distribution beyond a, as a quotient of polynomials: the numbers of the
/// numerator, then of the denominator, the highest power first, the denominator's last being 1.
/// </summary>
internal sealed class NormalTailFit : Fit
{
    private const int NumeratorDegree = 4;
    private const int DenominatorDegree = 5;
    private const double Limit = 13.3;

    private readonly (float A, double Exact)[] _arguments =
        [.. Enumerable.Range(0, 20_001).Select(i => (float)(i * Limit / 20_000)).Select(a => (a, Scaled(a)))];

    public override string Name => "NormalTail: numerator and denominator";

    public override double[] FindExact()
    {
        var (found, error) = Minimax.Find(
            Minimax.Powers(a => a, 0, NumeratorDegree), _ => 0, Minimax.Powers(a => a, 1, DenominatorDegree), Scaled, Scaled, 0, Limit);
        ErrorOfFit = error;
        return [.. found.Take(NumeratorDegree + 1).Reverse(), .. found.Skip(NumeratorDegree + 1).Reverse(), 1];
    }

    /// <remarks>Q(0) is exactly a half.</remarks>
    public override bool IsFixed(int coefficient) => coefficient is NumeratorDegree or NumeratorDegree + DenominatorDegree + 1;

    public override double Measure(float[] coefficients, double limit)
    {
        double largest = 0;
        foreach (var (a, exact) in _arguments)
        {
            var numerator = Polynomials.Evaluate(a, coefficients.AsSpan(0, NumeratorDegree + 1));
            var value = numerator / Polynomials.Evaluate(a, coefficients.AsSpan(NumeratorDegree + 1));
            largest = Math.Max(largest, Math.Abs(value / exact - 1));
            if (largest > limit)
                break;
        }

        return largest;
    }

    /// <summary>e^(a²/2)·Q(a): the series of the error function for small a, Laplace's continued fraction beyond.</summary>
    private static double Scaled(double a)
    {
        if (a > 3)
        {
            double fraction = 0;
            for (var n = 200; n > 0; n--)
                fraction = n / (a + fraction);
            return 1 / (Math.Sqrt(2 * Math.PI) * (a + fraction));
        }

        double sum = a, term = a;
        for (var n = 1; Math.Abs(term) > 1e-18; n++)
        {
            term *= -a * a / (2 * n);
            sum += term / (2 * n + 1);
        }

        return Math.Exp(a * a / 2) * (0.5 - sum / Math.Sqrt(2 * Math.PI));
    }
}
