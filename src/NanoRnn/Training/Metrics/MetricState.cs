namespace NanoRnn;

/// <summary>
/// What a metric has summed up since it was last reset. All that it remembers is in <see cref="Sums"/>, so that a trainer can reset it
/// and keep it in a file.
/// </summary>
public abstract class MetricState
{
    private readonly double[] _sums;

    /// <summary>A state that remembers nothing yet.</summary>
    /// <param name="sums">How many numbers it remembers, at least 1.</param>
    protected MetricState(int sums) => _sums = new double[sums];

    /// <summary>A state that remembers what another does.</summary>
    private protected MetricState(MetricState same) => _sums = same._sums;

    /// <summary>The metric of all positions since the last reset. Allocates nothing.</summary>
    public abstract double Result { get; }

    /// <summary>The numbers that are remembered; zeros after a reset.</summary>
    protected internal Span<double> Sums => _sums;

    /// <summary>Takes more outputs into account. Allocates nothing.</summary>
    /// <param name="outputs">Positions × <see cref="MetricContext.OutputSize"/> floats: outputs that are masked are left out.</param>
    /// <param name="targets">Positions × <see cref="MetricContext.TargetSize"/> floats.</param>
    /// <param name="weights">How much each position counts, not negative; empty if each counts 1.</param>
    public abstract void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);

    /// <summary>Forgets everything.</summary>
    public void Reset() => _sums.AsSpan().Clear();

    /// <summary>How much a position counts.</summary>
    private protected static double WeightAt(ReadOnlySpan<float> weights, int position) => weights.IsEmpty ? 1 : weights[position];

    /// <summary>A quotient that is 0 where there is nothing to divide by.</summary>
    private protected static double Divide(double dividend, double divisor) => divisor == 0 ? 0 : dividend / divisor;
}
