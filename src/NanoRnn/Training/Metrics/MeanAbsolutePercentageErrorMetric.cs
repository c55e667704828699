namespace NanoRnn;

/// <summary><see cref="Metric.MeanAbsolutePercentageError"/>.</summary>
internal sealed class MeanAbsolutePercentageErrorMetric() : MeanMetric("mean_absolute_percentage_error", MonitorMode.Min)
{
    /// <summary>Keras's <c>backend.epsilon()</c>.</summary>
    private const double SmallestTarget = 1e-7;

    protected internal override string? FindMismatch(MetricContext context) => context.NeedTargetPerOutput();

    protected internal override double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
            sum += Math.Abs((double)output[i] - target[i]) / Math.Max(Math.Abs((double)target[i]), SmallestTarget);
        return 100 * sum / output.Length;
    }
}
