namespace Forecasting;

/// <summary>Brings values to mean 0 and deviation 1 for the network.</summary>
public sealed record Standardization(float Mean, float Deviation)
{
    /// <summary>The mean and deviation of some values: those of the training part, for the others are not known in training.</summary>
    public static Standardization Of(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        var mean = sum / values.Length;

        var squares = 0.0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return new Standardization((float)mean, (float)Math.Sqrt(squares / values.Length));
    }

    public float Scale(float value) => (value - Mean) / Deviation;

    public float ScaleChange(float change) => change / Deviation;

    public float UnscaleChange(float change) => change * Deviation;
}
