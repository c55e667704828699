namespace NanoRnn.Coefficients.Fits;

/// <summary>e⁻ʳ = 1 − r + r²·tail(r) for |r| ≤ ln 2 / 2, of the sigmoid: the numbers of the tail, the highest power first.</summary>
internal sealed class ExponentialFit : Fit
{
    private const int Degree = 5;
    private const double Limit = 0.34662;

    private readonly float[] _arguments = [.. Enumerable.Range(-20_000, 40_001).Select(i => (float)(i * Limit / 20_000))];

    public override string Name => "Sigmoid: the tail of e⁻ʳ";

    public override double[] FindExact()
    {
        var (found, error) = Minimax.Find(
            Minimax.Powers(r => r, 2, Degree), r => 1 - r, [], r => Math.Exp(-r), r => Math.Exp(-r), -Limit, Limit);
        ErrorOfFit = error;
        Array.Reverse(found);
        return found;
    }

    public override double Measure(float[] coefficients, double limit)
    {
        double largest = 0;
        foreach (var r in _arguments)
        {
            var value = MathF.FusedMultiplyAdd(Polynomials.Evaluate(r, coefficients), r * r, 1 - r);
            largest = Math.Max(largest, Math.Abs(value / Math.Exp(-(double)r) - 1));
            if (largest > limit)
                break;
        }

        return largest;
    }
}
