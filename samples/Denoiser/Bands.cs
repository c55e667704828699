namespace Denoiser;

/// <summary>
/// Bands of frequencies that overlap: each is a triangle from the middle of the one before it to that of the one behind it, so that the bands of a bin
/// add up to 1. What is said of bands, gains, is between their middles on a line.
/// </summary>
public static class Bands
{
    /// <summary>How many there are.</summary>
    public const int Count = 35;

    /// <summary>Bins of a spectrum, 31.25 Hz each.</summary>
    public const int Bins = 129;

    /// <summary>The bin in the middle of each band: close enough below 1 kHz to tell the harmonics of most voices apart, then wider as ears are.</summary>
    private static ReadOnlySpan<byte> Middles =>
    [
        0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32,
        35, 38, 41, 44, 48, 52, 56, 60, 65, 70, 76, 82, 89, 96, 104, 112, 120, 128,
    ];

    /// <summary>Adds up the bins of each band.</summary>
    public static void Sum(ReadOnlySpan<double> bins, Span<double> bands)
    {
        bands.Clear();
        for (var band = 0; band + 1 < Count; band++)
        {
            var (start, end) = (Middles[band], Middles[band + 1]);
            for (var bin = start; bin < end; bin++)
            {
                var share = (double)(bin - start) / (end - start);
                bands[band] += (1 - share) * bins[bin];
                bands[band + 1] += share * bins[bin];
            }
        }

        bands[Count - 1] += bins[Bins - 1];
    }

    /// <summary>The value of each bin.</summary>
    public static void Spread(ReadOnlySpan<float> bands, Span<double> bins)
    {
        for (var band = 0; band + 1 < Count; band++)
        {
            var (start, end) = (Middles[band], Middles[band + 1]);
            for (var bin = start; bin < end; bin++)
                bins[bin] = bands[band] + (bands[band + 1] - bands[band]) * (double)(bin - start) / (end - start);
        }

        bins[Bins - 1] = bands[Count - 1];
    }
}
