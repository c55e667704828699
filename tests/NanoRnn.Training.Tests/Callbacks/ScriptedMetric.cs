namespace NanoRnn.Training.Tests.Callbacks;

/// <summary>A metric whose values are given: of the n-th time it is asked for the n-th value.</summary>
/// <remarks>A trainer asks for it once in an epoch: at the end of its validation.</remarks>
internal sealed class ScriptedMetric(MonitorMode mode, params float[] values) : Metric("scripted", mode)
{
    private readonly Queue<float> _values = new(values);

    protected internal override MetricState CreateState(MetricContext context) => new State(_values);

    private sealed class State(Queue<float> values) : MetricState(sums: 1)
    {
        public override double Result => Sums[0] == 0 ? 0 : values.Dequeue();

        // The state of the validation is the one whose samples are as many as these.
        public override void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) =>
            Sums[0] = outputs.Length == 1 ? 1 : 0;
    }
}
