using NanoRnn;

namespace Music;

/// <summary>Minus the logarithm of the probability of a chord: the sum over its 88 keys, of which the loss is the mean. Averaged over all steps of all chorales.</summary>
internal sealed class NegativeLogLikelihood() : MeanMetric(MetricName, MonitorMode.Min)
{
    public const string MetricName = "nll";

    protected override double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target) =>
        output.Length * Loss.BinaryCrossentropy.Compute(output, target, output.Length);
}
