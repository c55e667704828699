namespace NanoRnn;

/// <summary><see cref="Metric.OfOutput"/>.</summary>
internal sealed class OutputMetric(string output, Metric metric) : Metric($"{output}_{metric.Name}", metric.Mode)
{
    protected internal override string? FindMismatch(MetricContext context) =>
        context.Layout?.FindOutput(output) is null ? $"is of '{output}', but there are {context.Layout?.OutputNames}"
        : Of(context) is not { } part ? $"is of '{output}', which has no loss, and so no target"
        : metric.FindMismatch(part.Context);

    protected internal override MetricState CreateState(MetricContext context) => Of(context) is { } part
        ? new State(metric.CreateState(part.Context), context, part)
        : throw new InvalidOperationException($"There is no target of '{output}'.");

    /// <summary>What there is of the output alone, and where in outputs and targets; null if it has no target.</summary>
    private (MetricContext Context, int Start, int TargetStart)? Of(MetricContext context)
    {
        var place = context.Layout!.FindOutput(output)!;
        var (targetStart, targetSize, hasClasses) = (place.Start, place.Length, context.HasClasses);
        if (context.Loss!.FindTargets(output, out var start, out var length, out var loss))
            (targetStart, targetSize, hasClasses) = (start, length, loss.HasClasses);
        else if (context.TargetSize != context.OutputSize || context.Loss is CombinedLoss)
            return null;
        return (new() { OutputSize = place.Length, TargetSize = targetSize, HasClasses = hasClasses, OutputRange = place.Range }, place.Start, targetStart);
    }

    /// <summary>The state of the metric, which sees its own part of each position; they have the same sums.</summary>
    private sealed class State : MetricState
    {
        private readonly MetricState _inner;
        private readonly MetricContext _whole;
        private readonly (MetricContext Context, int Start, int TargetStart) _part;

        public State(MetricState inner, MetricContext whole, (MetricContext Context, int Start, int TargetStart) part)
            : base(inner) => (_inner, _whole, _part) = (inner, whole, part);

        public override double Result => _inner.Result;

        public override void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
        {
            for (var position = 0; position < outputs.Length / _whole.OutputSize; position++)
            {
                _inner.Update(
                    outputs.Slice(position * _whole.OutputSize + _part.Start, _part.Context.OutputSize),
                    targets.Slice(position * _whole.TargetSize + _part.TargetStart, _part.Context.TargetSize),
                    weights.IsEmpty ? default : weights.Slice(position, 1));
            }
        }
    }
}
