namespace NanoRnn.Coefficients;

/// <summary>
/// The sum or quotient of given functions with the smallest largest relative error, by least squares whose weights follow the error
/// (Lawson 1961), and whose denominator is that of the round before (Loeb 1957).
/// </summary>
internal static class Minimax
{
    private const int Points = 3000;
    private const int Rounds = 500;

    /// <param name="numerator">What the numbers of the numerator multiply.</param>
    /// <param name="constant">What the numerator has besides.</param>
    /// <param name="denominator">What the numbers of the denominator multiply; it has a 1 besides.</param>
    /// <param name="target">What is to be computed.</param>
    /// <param name="scale">What an error is divided by.</param>
    /// <param name="low">Start of the interval.</param>
    /// <param name="high">End of the interval.</param>
    /// <returns>The numerator's numbers, then the denominator's, and the largest error.</returns>
    public static (double[] Coefficients, double Error) Find(
        IReadOnlyList<Func<double, double>> numerator, Func<double, double> constant, IReadOnlyList<Func<double, double>> denominator,
        Func<double, double> target, Func<double, double> scale, double low, double high)
    {
        double[] x = [.. Enumerable.Range(0, Points + 1).Select(i => (low + high) / 2 - (high - low) / 2 * Math.Cos(Math.PI * i / Points))];
        double[] weights = [.. x.Select(_ => 1.0 / x.Length)], denominators = [.. x.Select(_ => 1.0)];
        var (best, leastError) = (Array.Empty<double>(), double.PositiveInfinity);
        for (var round = 0; round < Rounds; round++)
        {
            double Weight(int i) => Math.Sqrt(weights[i]) / (scale(x[i]) * denominators[i]);
            var found = LeastSquares.Solve(
                x.Length,
                numerator.Count + denominator.Count,
                (i, j) => Weight(i) * (j < numerator.Count ? numerator[j](x[i]) : -target(x[i]) * denominator[j - numerator.Count](x[i])),
                i => Weight(i) * (target(x[i]) - constant(x[i])));
            double total = 0, largest = 0;
            for (var i = 0; i < x.Length; i++)
            {
                var above = constant(x[i]) + numerator.Select((term, j) => found[j] * term(x[i])).Sum();
                denominators[i] = 1 + denominator.Select((term, j) => found[numerator.Count + j] * term(x[i])).Sum();
                var error = Math.Abs((above / denominators[i] - target(x[i])) / scale(x[i]));
                largest = Math.Max(largest, error);
                total += weights[i] *= error;
            }

            if (largest < leastError)
                (best, leastError) = (found, largest);
            // A little of an equal weight keeps points from dropping out for ever.
            for (var i = 0; i < x.Length; i++)
                weights[i] = 0.999 * weights[i] / total + 0.001 / x.Length;
        }

        return (best, leastError);
    }

    /// <summary>Powers of a variable, from one to another.</summary>
    public static Func<double, double>[] Powers(Func<double, double> variable, int from, int to) =>
        [.. Enumerable.Range(from, to - from + 1).Select(power => (Func<double, double>)(x => Math.Pow(variable(x), power)))];
}
