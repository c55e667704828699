namespace NanoRnn;

/// <summary>Counts for a <see cref="ConfusionMatrix"/>: row by row, how often a class was taken for each.</summary>
/// <param name="threshold">Above which output a model that has one says class 1, not 0.</param>
internal sealed class ConfusionMetric(float threshold) : Metric("confusion_matrix")
{
    protected internal override string? FindMismatch(MetricContext context) => context.HasTargetsOfClasses ? null : context.NeedTargetPerOutput();

    protected internal override MetricState CreateState(MetricContext context) => new State(threshold, context, Math.Max(2, context.OutputSize));

    private sealed class State(float threshold, MetricContext context, int classes) : MetricState(classes * classes)
    {
        /// <summary>No number: a matrix.</summary>
        public override double Result => double.NaN;

        public override void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
        {
            for (var position = 0; position < outputs.Length / context.OutputSize; position++)
            {
                var output = outputs.Slice(position * context.OutputSize, context.OutputSize);
                var predicted = output.Length > 1 ? Largest.IndexOf(output) : output[0] > threshold ? 1 : 0;
                var target = targets.Slice(position * context.TargetSize, context.TargetSize);
                var actual = context.HasClasses ? (int)target[0] : target.Length > 1 ? Largest.IndexOf(target) : target[0] != 0 ? 1 : 0;
                Sums[(actual * classes) + predicted] += WeightAt(weights, position);
            }
        }
    }
}
