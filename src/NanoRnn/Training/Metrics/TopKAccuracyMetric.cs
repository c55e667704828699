namespace NanoRnn;

/// <summary><see cref="Metric.TopKCategoricalAccuracy"/> and <see cref="Metric.SparseTopKCategoricalAccuracy"/>.</summary>
internal sealed class TopKAccuracyMetric : MeanMetric
{
    private readonly int _k;
    private readonly bool _hasClasses;

    public TopKAccuracyMetric(string name, int k, bool hasClasses)
        : base(name, MonitorMode.Max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        (_k, _hasClasses) = (k, hasClasses);
    }

    protected internal override string? FindMismatch(MetricContext context) => context.NeedClasses() ??
        (context.HasClasses == _hasClasses ? null
        : _hasClasses ? $"needs targets that are indices of classes, found one for each output: use {nameof(TopKCategoricalAccuracy)}"
        : $"needs one-hot targets, found indices of classes: use {nameof(SparseTopKCategoricalAccuracy)}");

    protected internal override double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        var value = output[_hasClasses ? (int)target[0] : Largest.IndexOf(target)];
        var larger = 0;
        foreach (var other in output)
            larger += other <= value ? 0 : 1;
        return float.IsFinite(value) && larger < _k ? 1 : 0;
    }
}
