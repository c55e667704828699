namespace NanoRnn;

/// <summary><see cref="Metric.R2Score"/>.</summary>
internal sealed class R2ScoreMetric() : Metric("r2_score", MonitorMode.Max)
{
    protected internal override string? FindMismatch(MetricContext context) => context.NeedTargetPerOutput();

    protected internal override MetricState CreateState(MetricContext context) => new State(context.OutputSize);

    /// <summary>For each output the sums of targets, of their squares and of squared errors, and behind them the sum of weights.</summary>
    private sealed class State(int size) : MetricState((3 * size) + 1)
    {
        public override double Result
        {
            get
            {
                var sum = 0.0;
                for (var i = 0; i < size; i++)
                {
                    var (targets, squares, errors) = (Sums[i], Sums[size + i], Sums[(2 * size) + i]);
                    var score = 1 - (errors / (squares - (targets * targets / Sums[^1])));
                    sum += double.IsInfinity(score) ? 0 : score;
                }

                return sum / size;
            }
        }

        public override void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
        {
            for (var i = 0; i < outputs.Length; i++)
            {
                var (position, output) = int.DivRem(i, size);
                var weight = WeightAt(weights, position);
                var (target, error) = ((double)targets[i], (double)outputs[i] - targets[i]);
                Sums[output] += weight * target;
                Sums[size + output] += weight * (target * target);
                Sums[(2 * size) + output] += weight * (error * error);
                if (output == 0)
                    Sums[^1] += weight;
            }
        }
    }
}
