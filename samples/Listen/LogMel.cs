using Samples;

namespace Listen;

/// <summary>
/// What an ear makes of a sound: for each frame the energy in bands that are spaced as pitches are heard (mel), in bytes, a step for each
/// fifth of a doubling (0.6 dB).
/// </summary>
/// <remarks>
/// The same bytes on every machine: all arithmetic is in doubles with additions, multiplications, divisions and square roots, which are exactly
/// rounded everywhere and which .NET does not fuse. Cosines come from square roots (<see cref="FourierTransform"/>), the edges of the bands are
/// given in numbers, and the logarithm (<see cref="BinaryLogarithm"/>) is off by less than a thousandth of a step.
/// </remarks>
public sealed class LogMel
{
    /// <summary>Features of a frame.</summary>
    public const int Bands = 24;

    /// <summary>Samples from one frame to the next, 16 ms.</summary>
    public const int Hop = FrameLength / 2;

    private const int FrameLength = FourierTransform.Size;
    private const double StepsPerDoubling = 5;

    /// <summary>Edges of the bands in Hz, evenly spaced in mel, 2595·log10(1 + f/700), from 100 to 4,000 Hz. A band goes from one to the next but one.</summary>
    private static ReadOnlySpan<double> Edges => 
    [
        100.0, 158.7, 221.7, 289.4, 362.0, 440.0, 523.6, 613.4, 709.8, 813.3, 924.4, 1043.6, 1171.6, 1309.0,
        1456.4, 1614.7, 1784.6, 1967.0, 2162.7, 2372.8, 2598.3, 2840.4, 3100.3, 3379.2, 3678.6, 4000.0,
    ];

    private readonly FourierTransform _transform = new();
    private readonly double[] _window = new double[FrameLength];
    private readonly double[] _real = new double[FrameLength];
    private readonly double[] _imaginary = new double[FrameLength];

    public LogMel()
    {
        // Hann's window, sin²(πi/N) = (1 − cos(2πi/N))/2.
        for (var i = 0; i < FrameLength; i++)
            _window[i] = (1 - _transform.Cosine(i)) / 2;
    }

    /// <summary>The frames of a recording.</summary>
    /// <param name="samples">Samples, 8,000 a second.</param>
    /// <returns>Frames × bands; at least one frame, with silence behind the end of a short recording.</returns>
    public byte[] Compute(ReadOnlySpan<short> samples)
    {
        var frames = 1 + Math.Max(0, samples.Length - FrameLength) / Hop;
        var features = new byte[frames * Bands];
        for (var frame = 0; frame < frames; frame++)
        {
            var start = frame * Hop;
            for (var i = 0; i < FrameLength; i++)
                _real[i] = start + i < samples.Length ? samples[start + i] * _window[i] : 0;
            Array.Clear(_imaginary);
            _transform.Run(_real, _imaginary);
            ComputeBands(features.AsSpan(frame * Bands, Bands));
        }

        return features;
    }

    private void ComputeBands(Span<byte> bands)
    {
        const double HertzPerBin = (double)Wave.SampleRate / FrameLength;
        for (var band = 0; band < Bands; band++)
        {
            var (low, middle, high) = (Edges[band], Edges[band + 1], Edges[band + 2]);
            var energy = 0.0;
            for (var bin = (int)(low / HertzPerBin) + 1; bin <= FrameLength / 2 && bin * HertzPerBin < high; bin++)
            {
                var frequency = bin * HertzPerBin;
                var weight = frequency < middle ? (frequency - low) / (middle - low) : (high - frequency) / (high - middle);
                energy += weight * (_real[bin] * _real[bin] + _imaginary[bin] * _imaginary[bin]);
            }

            bands[band] = (byte)Math.Min(byte.MaxValue, StepsPerDoubling * BinaryLogarithm.Of(1 + energy) + 0.5);
        }
    }
}
