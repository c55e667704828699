using NanoRnn.CompilerServices;

namespace NanoRnn.Training.Tests.Metrics;

/// <summary>Outputs, a target for each of their numbers, and a weight for each position.</summary>
internal sealed record MetricData(double[][] Outputs, double[][] Targets, double[] Weights, bool HasWeights)
{
    private const int BatchSize = 8;

    public static MetricData CreateNumbers(int count, int size, bool hasWeights)
    {
        var random = new Random(count + size);
        return Create(count, hasWeights, random, () => (Row(size, () => Number(random)), Row(size, () => Number(random))));
    }

    /// <summary>Probabilities, some of them on thresholds, with labels that they tell something of.</summary>
    public static MetricData CreateLabels(int count, int size, bool hasWeights)
    {
        var random = new Random(count + size);
        return Create(count, hasWeights, random, () =>
        {
            var labels = Row(size, () => random.Next(2));
            return ([.. labels.Select(label => random.Next(5) == 0 ? random.Next(6) / 6f : (float)((random.NextDouble() * 0.7) + (0.3 * label)))], labels);
        });
    }

    /// <summary>Probabilities with the sum 1 and one-hot targets.</summary>
    public static MetricData CreateClasses(int count, int classes, bool hasWeights)
    {
        var random = new Random(count + classes);
        return Create(count, hasWeights, random, () =>
        {
            var label = random.Next(classes);
            var odds = Row(classes, random.NextDouble);
            odds[label] += 0.3;
            return ([.. odds.Select(odd => (float)(odd / odds.Sum()))], [.. Enumerable.Range(0, classes).Select(i => i == label ? 1.0 : 0)]);
        });
    }

    public static MetricContext ContextOf(int size, bool hasClasses) => new()
    {
        OutputSize = size, TargetSize = hasClasses ? 1 : size, HasClasses = hasClasses, OutputRange = OutputRange.Probability,
    };

    /// <summary>The metric over batches.</summary>
    public double Compute(Metric metric, bool hasClasses)
    {
        var context = ContextOf(Outputs[0].Length, hasClasses);
        Assert.Null(metric.FindMismatch(context));
        var state = metric.CreateState(context);
        Update(state, hasClasses);
        return state.Result;
    }

    public void Update(MetricState state, bool hasClasses)
    {
        for (var first = 0; first < Weights.Length; first += BatchSize)
        {
            var range = first..Math.Min(first + BatchSize, Weights.Length);
            state.Update(
                Floats(Outputs[range].SelectMany(row => row)),
                Floats(Targets[range].SelectMany(row => hasClasses ? [KerasMetrics.ArgMax(row)] : row)),
                HasWeights ? Floats(Weights[range]) : []);
        }
    }

    private static MetricData Create(int count, bool hasWeights, Random random, Func<(double[] Output, double[] Target)> next)
    {
        (double[] Output, double[] Target)[] rows = [.. Enumerable.Range(0, count).Select(_ => next())];
        return new MetricData(
            [.. rows.Select(row => row.Output)],
            [.. rows.Select(row => row.Target)],
            Row(count, () => hasWeights ? random.Next(4) / 2.0 : 1),
            hasWeights);
    }

    private static double Number(Random random) => (float)((random.NextDouble() * 4) - 2);

    private static double[] Row(int count, Func<double> next) => [.. Enumerable.Range(0, count).Select(_ => next())];

    private static float[] Floats(IEnumerable<double> values) => [.. values.Select(value => (float)value)];
}
