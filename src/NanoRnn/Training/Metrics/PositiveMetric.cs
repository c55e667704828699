namespace NanoRnn;

/// <summary>A share of true positives, over all outputs that count: true ones divided by them and one kind of wrong ones.</summary>
internal abstract class PositiveMetric(string name, PositiveRule rule) : Metric(name, MonitorMode.Max)
{
    protected internal sealed override string? FindMismatch(MetricContext context) => rule.FindMismatch(context);

    protected internal sealed override MetricState CreateState(MetricContext context) => new State(this, rule, context);

    /// <summary>The wrong ones that are in the divisor.</summary>
    private protected abstract double CountWrong(double falsePositives, double falseNegatives);

    private sealed class State(PositiveMetric metric, PositiveRule rule, MetricContext context) : MetricState(sums: 3)
    {
        /// <summary>The outputs of a position that may be positive, if not all of them may.</summary>
        private readonly int[] _top = new int[rule.TopK ?? 0];

        private ref double TruePositives => ref Sums[0];

        private ref double FalsePositives => ref Sums[1];

        private ref double FalseNegatives => ref Sums[2];

        public override double Result =>
            Divide(TruePositives, TruePositives + metric.CountWrong(FalsePositives, FalseNegatives));

        public override void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
        {
            for (var position = 0; position < outputs.Length / context.OutputSize; position++)
            {
                var output = outputs.Slice(position * context.OutputSize, context.OutputSize);
                var target = targets.Slice(position * context.TargetSize, context.TargetSize);
                FindTop(output);
                if (rule.ClassId is { } id)
                    Count(output, target, id, WeightAt(weights, position));
                else
                    for (var i = 0; i < output.Length; i++)
                        Count(output, target, i, WeightAt(weights, position));
            }
        }

        private void Count(ReadOnlySpan<float> output, ReadOnlySpan<float> target, int index, double weight)
        {
            var isPositive = output[index] > rule.Threshold && (_top.Length == 0 || Array.IndexOf(_top, index) >= 0);
            if (context.TargetOf(target, index) != 0)
                (isPositive ? ref TruePositives : ref FalseNegatives) += weight;
            else if (isPositive)
                FalsePositives += weight;
        }

        /// <summary>The largest outputs, of equal ones the first.</summary>
        private void FindTop(ReadOnlySpan<float> output)
        {
            for (var found = 0; found < _top.Length; found++)
            {
                var largest = -1;
                for (var i = 0; i < output.Length; i++)
                {
                    if ((largest < 0 || output[i] > output[largest]) && _top.AsSpan(0, found).IndexOf(i) < 0)
                        largest = i;
                }

                _top[found] = largest;
            }
        }
    }
}
