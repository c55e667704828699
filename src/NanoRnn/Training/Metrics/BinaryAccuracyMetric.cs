namespace NanoRnn;

/// <summary><see cref="Metric.BinaryAccuracy"/>.</summary>
internal sealed class BinaryAccuracyMetric(string name, float threshold) : MeanMetric(name, MonitorMode.Max)
{
    protected internal override string? FindMismatch(MetricContext context) => context.NeedTargetPerOutput();

    protected internal override double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        var right = 0;
        for (var i = 0; i < output.Length; i++)
            right += target[i] == (output[i] > threshold ? 1 : 0) ? 1 : 0;
        return (double)right / output.Length;
    }
}
