using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Metric.Perplexity"/>.</summary>
internal sealed class PerplexityMetric() : MeanMetric("perplexity", MonitorMode.Min)
{
    protected internal override string? FindMismatch(MetricContext context) => context.NeedClasses() ??
        (context.OutputRange == OutputRange.Any ? "needs outputs that are probabilities of classes, from a layer with softmax" : null);

    protected internal override double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target) =>
        (target.Length == output.Length ? Loss.CategoricalCrossentropy : Loss.SparseCategoricalCrossentropy).Sum(output, target, output.Length);

    protected internal override double Finish(double mean) => DeterministicMath.Exp(mean);
}
