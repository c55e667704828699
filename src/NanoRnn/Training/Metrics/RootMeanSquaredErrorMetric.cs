namespace NanoRnn;

/// <summary><see cref="Metric.RootMeanSquaredError"/>.</summary>
internal sealed class RootMeanSquaredErrorMetric() : MeanSquaredErrorMetric("root_mean_squared_error")
{
    protected internal override double Finish(double mean) => Math.Sqrt(mean);
}
