namespace NanoRnn;

/// <summary><see cref="Metric.CategoricalAccuracy"/>.</summary>
internal sealed class CategoricalAccuracyMetric(string name) : MeanMetric(name, MonitorMode.Max)
{
    protected internal override string? FindMismatch(MetricContext context) => context.NeedClasses() ??
        (context.HasClasses ? $"needs one-hot targets, found indices of classes: use {nameof(SparseCategoricalAccuracy)}" : null);

    protected internal override double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target) =>
        Largest.IndexOf(output) == Largest.IndexOf(target) ? 1 : 0;
}
