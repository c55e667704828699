using NanoRnn.CompilerServices;

namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    private readonly MetricTracker _trainingMetrics;

    /// <summary>
    /// The mean loss and the metrics of what has been trained on since <see cref="ResetMetrics"/> or, in <c>Fit</c>, since the epoch began.
    /// </summary>
    public MetricValues Metrics => _trainingMetrics.Collect();

    /// <summary>Makes <see cref="Metrics"/> begin anew; for your own loop of <c>TrainBatch</c>.</summary>
    public void ResetMetrics() => _trainingMetrics.Reset();

    private static MetricContext ContextOf(TrainerOptions options, ModelLayout layout) => new()
    {
        OutputSize = layout.OutputSize,
        TargetSize = options.Loss.TargetsPerPosition(layout.OutputSize),
        HasClasses = options.Loss.HasClasses,
        OutputRange = layout.OutputRange,
        Layout = layout,
        Loss = options.Loss,
    };

    /// <summary>What is wrong with the metrics, or null.</summary>
    private static string? FindWrongMetric(TrainerOptions options, ModelLayout layout)
    {
        if (options.Loss.IsOfSequences && !options.Metrics.IsEmpty)
            return $"Metric {options.Metrics[0].Name} compares each output with a target, and {options.Loss} has none for an output.";
        var context = ContextOf(options, layout);
        for (var i = 0; i < options.Metrics.Length; i++)
        {
            var metric = options.Metrics[i];
            if (metric.FindMismatch(context) is { } mismatch)
                return $"Metric {metric.Name} {mismatch}.";
            if (metric.Name is MetricValues.LossName or MetricValues.LearningRateName
                || metric.Name.StartsWith(MetricValues.ValidationPrefix, StringComparison.Ordinal))
            {
                return $"Metric {metric.Name} has a name that has another meaning: {MetricValues.LossName}, {MetricValues.LearningRateName} and what " +
                    $"starts with {MetricValues.ValidationPrefix}.";
            }

            for (var j = 0; j < i; j++)
            {
                if (options.Metrics[j].Name == metric.Name)
                    return $"Two metrics have the name {metric.Name}.";
            }
        }

        return null;
    }
}
