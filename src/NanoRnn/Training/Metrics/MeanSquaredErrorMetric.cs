namespace NanoRnn;

/// <summary><see cref="Metric.MeanSquaredError"/>.</summary>
internal class MeanSquaredErrorMetric(string name) : MeanMetric(name, MonitorMode.Min)
{
    protected internal sealed override string? FindMismatch(MetricContext context) => context.NeedTargetPerOutput();

    protected internal sealed override double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
        {
            var error = (double)output[i] - target[i];
            sum += error * error;
        }

        return sum / output.Length;
    }
}
