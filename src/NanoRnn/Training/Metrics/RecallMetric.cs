namespace NanoRnn;

/// <summary><see cref="Metric.Recall"/>.</summary>
internal sealed class RecallMetric(string name, PositiveRule rule) : PositiveMetric(name, rule)
{
    private protected override double CountWrong(double falsePositives, double falseNegatives) => falseNegatives;
}
