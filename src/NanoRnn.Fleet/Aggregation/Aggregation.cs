namespace NanoRnn.Fleet;

/// <summary>How the updates of a round become one. The same updates give the same bits, in whatever order they came.</summary>
public abstract class Aggregation
{
    /// <summary>
    /// Federated averaging (McMahan et al. 2017): Σ nᵢ·Δᵢ / Σ nᵢ with the numbers of samples nᵢ, summed in double precision. One update
    /// of plausible size can move it as far as its share of samples allows.
    /// </summary>
    public static Aggregation FederatedAverage { get; } = new FederatedAverage();

    /// <summary>
    /// The median of each coordinate (Yin et al. 2018), the mean of the two in the middle for an even number. Holds against fewer than
    /// half of the devices; numbers of samples do not count.
    /// </summary>
    public static Aggregation Median { get; } = new CoordinateMedian();

    /// <summary>
    /// The mean of each coordinate without the ⌊share·n⌋ smallest and as many largest (Yin et al. 2018). Holds against so many of
    /// the devices; numbers of samples do not count.
    /// </summary>
    /// <param name="share">From 0 to below 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is out of range.</exception>
    public static Aggregation TrimmedMean(double share)
    {
        if (!(share is >= 0 and < 0.5))
            throw new ArgumentOutOfRangeException(nameof(share), share, "Expected a share from 0 to below 0.5.");
        return new TrimmedMean(share);
    }

    /// <summary>Merges updates.</summary>
    /// <param name="updates">One or more.</param>
    /// <param name="result">Receives <see cref="UpdateTable.Length"/> floats: what the weights change by.</param>
    public abstract void Merge(UpdateTable updates, Span<float> result);
}
