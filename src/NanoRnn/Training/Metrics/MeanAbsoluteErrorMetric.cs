namespace NanoRnn;

/// <summary><see cref="Metric.MeanAbsoluteError"/>.</summary>
internal sealed class MeanAbsoluteErrorMetric() : MeanMetric("mean_absolute_error", MonitorMode.Min)
{
    protected internal override string? FindMismatch(MetricContext context) => context.NeedTargetPerOutput();

    protected internal override double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
            sum += Math.Abs((double)output[i] - target[i]);
        return sum / output.Length;
    }
}
