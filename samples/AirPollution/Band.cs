namespace AirPollution;

/// <summary>A forecast: four of five values are to lie between low and high.</summary>
/// <param name="Low">PM2.5 in µg/m³ that one value of ten is below.</param>
/// <param name="Median">PM2.5 in µg/m³ that every other value is below.</param>
/// <param name="High">PM2.5 in µg/m³ that one value of ten is above.</param>
public readonly record struct Band(float Low, float Median, float High)
{
    /// <summary>The forecast that a model's output for one horizon means.</summary>
    /// <param name="dust">PM2.5 now.</param>
    /// <param name="changes">Three quantiles of what its logarithm changes by.</param>
    public static Band Of(float dust, ReadOnlySpan<float> changes)
    {
        return new(After(changes[0]), After(changes[1]), After(changes[2]));

        float After(float change) => (float)((1.0 + dust) * Math.Exp(change) - 1);
    }

    public bool Contains(float dust) => dust >= Low && dust <= High;
}
