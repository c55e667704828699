namespace NanoRnn;

/// <summary>The loss of one of several outputs, over all positions as in the whole.</summary>
internal sealed class OutputLossMetric(CombinedLoss.Part part) : Metric($"{part.Output}_loss", MonitorMode.Min)
{
    protected internal override MetricState CreateState(MetricContext context) => new State(part, context);

    private sealed class State(CombinedLoss.Part part, MetricContext context) : MetricState(sums: 2)
    {
        public override double Result => Divide(Sums[0], Sums[1]);

        public override void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
        {
            for (var position = 0; position < outputs.Length / context.OutputSize; position++)
            {
                // A weight of zero leaves out whatever the loss is there, also if it is infinite.
                if (WeightAt(weights, position) is var weight and not 0)
                {
                    Sums[0] += weight * part.Evaluate(
                        outputs.Slice(position * context.OutputSize, context.OutputSize),
                        targets.Slice(position * context.TargetSize, context.TargetSize));
                }

                Sums[1]++;
            }
        }
    }
}
