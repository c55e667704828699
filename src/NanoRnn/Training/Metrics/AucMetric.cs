using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Metric.Auc"/>.</summary>
internal sealed class AucMetric : Metric
{
    private readonly AucCurve _curve;
    private readonly int _thresholds;

    public AucMetric(string name, AucCurve curve, int numThresholds)
        : base(name, MonitorMode.Max)
    {
        if (curve is < AucCurve.Roc or > AucCurve.PrecisionRecall)
            throw new ArgumentOutOfRangeException(nameof(curve), curve, "Expected one of the curves.");
        ArgumentOutOfRangeException.ThrowIfLessThan(numThresholds, 2);
        (_curve, _thresholds) = (curve, numThresholds);
    }

    protected internal override string? FindMismatch(MetricContext context) =>
        (context.HasTargetsOfClasses ? null : context.NeedTargetPerOutput()) ?? context.NeedProbabilities();

    protected internal override MetricState CreateState(MetricContext context) => new State(_curve, _thresholds, context);

    /// <summary>
    /// For each threshold but the last, i/(n − 1), what lies above it and not above the next one: the sums of targets, which are positive, and
    /// of their complements. An output of 0 is above the first threshold, none above the last one.
    /// </summary>
    private sealed class State(AucCurve curve, int thresholds, MetricContext context) : MetricState(2 * (thresholds - 1))
    {
        public override double Result => curve == AucCurve.Roc ? AreaUnderRoc() : AreaUnderPrecisionRecall();

        private Span<double> Positive => Sums[..(thresholds - 1)];

        private Span<double> Negative => Sums[(thresholds - 1)..];

        public override void Update(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
        {
            for (var i = 0; i < outputs.Length; i++)
            {
                var (position, output) = int.DivRem(i, context.OutputSize);
                var weight = WeightAt(weights, position);
                var target = context.TargetOf(targets.Slice(position * context.TargetSize, context.TargetSize), output);

                // A NaN counts as 0.
                var place = (int)Math.Clamp(MathF.Ceiling(outputs[i] * (thresholds - 1)) - 1, 0, thresholds - 2);
                Positive[place] += weight * target;
                Negative[place] += weight * (1 - target);
            }
        }

        /// <summary>From the highest threshold on, trapezoids over the share of false positives.</summary>
        private double AreaUnderRoc()
        {
            var (positives, negatives) = (Sum(Positive), Sum(Negative));
            var (area, truePositives, falsePositives) = (0.0, 0.0, 0.0);
            for (var i = thresholds - 2; i >= 0; i--)
            {
                var (before, wrongBefore) = (truePositives, falsePositives);
                truePositives += Positive[i];
                falsePositives += Negative[i];
                area += (Divide(falsePositives, negatives) - Divide(wrongBefore, negatives)) *
                    (Divide(before, positives) + Divide(truePositives, positives)) / 2;
            }

            return area;
        }

        /// <summary>Between two thresholds true positives grow in proportion to all that is called so, and precision along a curve.</summary>
        private double AreaUnderPrecisionRecall()
        {
            var positives = Sum(Positive);
            var (area, truePositives, called) = (0.0, 0.0, 0.0);
            for (var i = thresholds - 2; i >= 0; i--)
            {
                var (before, calledBefore) = (truePositives, called);
                truePositives += Positive[i];
                called += Positive[i] + Negative[i];
                var slope = Divide(truePositives - before, called - calledBefore);
                var intercept = before - (slope * calledBefore);
                var ratio = called > 0 && calledBefore > 0 ? called / calledBefore : 1;
                area += Divide(slope * (truePositives - before + (intercept * DeterministicMath.Log(ratio))), positives);
            }

            return area;
        }

        private static double Sum(ReadOnlySpan<double> values)
        {
            var sum = 0.0;
            foreach (var value in values)
                sum += value;
            return sum;
        }
    }
}
