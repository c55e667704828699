namespace NanoRnn;

/// <summary><see cref="Metric.Accuracy"/>.</summary>
internal sealed class AccuracyMetric() : Metric("accuracy", MonitorMode.Max)
{
    protected internal override string? FindMismatch(MetricContext context) => Choose(context).FindMismatch(context);

    protected internal override MetricState CreateState(MetricContext context) => Choose(context).CreateState(context);

    private Metric Choose(MetricContext context) =>
        context.OutputSize == 1 ? new BinaryAccuracyMetric(Name, threshold: 0.5f)
        : context.HasClasses ? new SparseCategoricalAccuracyMetric(Name)
        : new CategoricalAccuracyMetric(Name);
}
