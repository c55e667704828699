namespace NanoRnn.Coefficients.Fits;

/// <summary>
/// tanh x = x·P(x²)/Q(x²) for |x| ≤ 13·ln 2, where it rounds to 1: the numbers of P, then of Q, the highest power first, each with a last
/// number of 1, which makes the quotient x for small x. Never above 1, and 1 at the end of the interval.
/// </summary>
internal sealed class TanhFit : Fit
{
    private const int Degree = 4;
    private const float Limit = 9.010914f;

    /// <summary>From where on a relative error of a few roundings may reach beyond 1.</summary>
    private const float NearOne = 7.5f;

    private readonly List<(float X, double Exact)> _arguments = [.. Between(NearOne, Limit, step: 23), .. Between(0.002f, NearOne, step: 2003)];

    public override string Name => "Tanh: P and Q";

    public override double[] FindExact()
    {
        var powers = Minimax.Powers(x => x * x, 1, Degree);
        Func<double, double>[] odd = [.. powers.Select(power => (Func<double, double>)(x => x * power(x)))];
        var (found, error) = Minimax.Find(odd, x => x, powers, Math.Tanh, Math.Tanh, 0.001, Limit);
        ErrorOfFit = error;
        return [.. found.Take(Degree).Reverse(), 1, .. found.Skip(Degree).Reverse(), 1];
    }

    public override float[]? FoundSoFar =>
    [
        1.3334675E-08f, 2.0594669E-05f, 0.0034947176f, 0.13380292f, 1f, 7.76839E-07f, 0.00032842075f, 0.025873665f, 0.46713609f, 1f,
    ];

    public override bool IsFixed(int coefficient) => coefficient is Degree or 2 * Degree + 1;

    public override bool FindsMore(float[] coefficients)
    {
        var above = Between(NearOne, Limit, step: 1).Where(argument => Value(coefficients, argument.X) > 1).ToArray();
        _arguments.InsertRange(0, above);
        return above.Length > 0;
    }

    public override double Measure(float[] coefficients, double limit)
    {
        // As much as another few roundings, so that the way into the bounds is not a long one.
        const double OutOfBounds = 2.5e-7;
        var largest = Value(coefficients, Limit) == 1 ? 0 : OutOfBounds;
        foreach (var (x, exact) in _arguments)
        {
            var value = Value(coefficients, x);
            largest = Math.Max(largest, Math.Abs(value / exact - 1) + (value > 1 ? OutOfBounds : 0));
            if (largest > limit)
                break;
        }

        return largest;
    }

    private static float Value(float[] coefficients, float x) =>
        x * Polynomials.Evaluate(x * x, coefficients.AsSpan(0, Degree + 1)) / Polynomials.Evaluate(x * x, coefficients.AsSpan(Degree + 1));

    private static IEnumerable<(float X, double Exact)> Between(float low, float high, int step)
    {
        for (var bits = BitConverter.SingleToInt32Bits(low); bits <= BitConverter.SingleToInt32Bits(high); bits += step)
        {
            var x = BitConverter.Int32BitsToSingle(bits);
            yield return (x, Math.Tanh(x));
        }
    }
}
