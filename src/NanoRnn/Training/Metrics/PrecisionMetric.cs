namespace NanoRnn;

/// <summary><see cref="Metric.Precision"/>.</summary>
internal sealed class PrecisionMetric(string name, PositiveRule rule) : PositiveMetric(name, rule)
{
    private protected override double CountWrong(double falsePositives, double falseNegatives) => falsePositives;
}
