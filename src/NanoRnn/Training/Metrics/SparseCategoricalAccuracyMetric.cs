namespace NanoRnn;

/// <summary><see cref="Metric.SparseCategoricalAccuracy"/>.</summary>
internal sealed class SparseCategoricalAccuracyMetric(string name) : MeanMetric(name, MonitorMode.Max)
{
    protected internal override string? FindMismatch(MetricContext context) => context.NeedClasses() ??
        (context.HasClasses ? null : $"needs targets that are indices of classes, found one for each output: use {nameof(CategoricalAccuracy)}");

    protected internal override double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target) =>
        Largest.IndexOf(output) == (int)target[0] ? 1 : 0;
}
