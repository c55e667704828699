namespace NanoRnn;

/// <summary><see cref="Metric.F1Score"/>.</summary>
internal sealed class F1ScoreMetric : Metric
{
    private readonly F1Average _average;
    private readonly float? _threshold;

    public F1ScoreMetric(string name, F1Average average, float? threshold)
        : base(name, MonitorMode.Max)
    {
        if (average is < F1Average.Macro or > F1Average.Weighted)
            throw new ArgumentOutOfRangeException(nameof(average), average, "Expected one of the averages.");
        (_average, _threshold) = (average, threshold);
    }

    protected internal override string? FindMismatch(MetricContext context) => context.HasTargetsOfClasses ? null : context.NeedTargetPerOutput();

    protected internal override MetricState CreateState(MetricContext context) =>
        new State(_average, _threshold ?? (context.OutputSize == 1 ? 0.5f : null), context);

    /// <summary>For each output the true positives, what is called positive, and what is.</summary>
    private sealed class State(F1Average average, float? threshold, MetricContext context) : MetricState(3 * context.OutputSize)
    {
        private const double Epsilon = 1e-7;

        private Span<double> True => Sums[..context.OutputSize];

        private Span<double> Called => Sums.Slice(context.OutputSize, context.OutputSize);

        private Span<double> Positive => Sums.Slice(2 * context.OutputSize, context.OutputSize);

        public override double Result
        {
            get
            {
                var (truePositives, called, positive) = (0.0, 0.0, 0.0);
                for (var i = 0; i < context.OutputSize; i++)
                    (truePositives, called, positive) = (truePositives + True[i], called + Called[i], positive + Positive[i]);
                if (average == F1Average.Micro)
                    return Score(truePositives, called, positive);
                var sum = 0.0;
                for (var i = 0; i < context.OutputSize; i++)
                {
                    var weight = average == F1Average.Macro ? 1.0 / context.OutputSize : Positive[i] / (positive + Epsilon);
                    sum += weight * Score(True[i], Called[i], Positive[i]);
                }

                return sum;
            }
        }

        public override void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
        {
            for (var position = 0; position < outputs.Length / context.OutputSize; position++)
            {
                var output = outputs.Slice(position * context.OutputSize, context.OutputSize);
                var target = targets.Slice(position * context.TargetSize, context.TargetSize);
                var (weight, largest) = (WeightAt(weights, position), output[Largest.IndexOf(output)]);
                for (var i = 0; i < output.Length; i++)
                {
                    var call = IsPositive(output[i], largest) ? weight : 0;
                    var truth = context.TargetOf(target, i);
                    True[i] += call * truth;
                    Called[i] += call;
                    Positive[i] += weight * truth;
                }
            }
        }

        private static double Score(double truePositives, double called, double positive)
        {
            var (precision, recall) = (truePositives / (called + Epsilon), truePositives / (positive + Epsilon));
            return 2 * (precision * recall) / (precision + recall + Epsilon);
        }

        private bool IsPositive(float output, float largest) =>
            threshold is { } bound ? output > bound : output == largest && Math.Abs(output) > 1e-9;
    }
}
