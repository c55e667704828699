namespace NanoRnn;

/// <summary>A metric that is a mean over the positions, or a function of one. Derive from it for one of your own.</summary>
public abstract class MeanMetric : Metric
{
    /// <summary>A metric with a name.</summary>
    /// <inheritdoc cref="Metric(string, MonitorMode)"/>
    protected MeanMetric(string name, MonitorMode mode = MonitorMode.Auto)
        : base(name, mode)
    {
    }

    /// <summary>The term of one position. Allocates nothing.</summary>
    /// <param name="output"><see cref="MetricContext.OutputSize"/> floats.</param>
    /// <param name="target"><see cref="MetricContext.TargetSize"/> floats.</param>
    protected internal abstract double Compute(ReadOnlySpan<float> output, ReadOnlySpan<float> target);

    /// <summary>The metric, of the mean of all terms; the mean itself unless it is overridden.</summary>
    /// <param name="mean">The mean, 0 if there are no terms.</param>
    protected internal virtual double Finish(double mean) => mean;

    /// <inheritdoc/>
    protected internal sealed override MetricState CreateState(MetricContext context) => new State(this, context);

    private sealed class State(MeanMetric metric, MetricContext context) : MetricState(sums: 2)
    {
        private ref double Total => ref Sums[0];

        private ref double Weight => ref Sums[1];

        public override double Result => metric.Finish(Divide(Total, Weight));

        public override void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
        {
            for (var position = 0; position < outputs.Length / context.OutputSize; position++)
            {
                var weight = WeightAt(weights, position);
                Weight += weight;
                if (weight != 0)
                {
                    Total += weight * metric.Compute(
                        outputs.Slice(position * context.OutputSize, context.OutputSize),
                        targets.Slice(position * context.TargetSize, context.TargetSize));
                }
            }
        }
    }
}
