using Samples;

namespace Denoiser;

/// <summary>Frames of a sound: 30 ms every 10 ms, under a window by which they are multiplied before the transform and after it.</summary>
public static class Frames
{
    /// <summary>Samples from one frame to the next, 10 ms.</summary>
    public const int Hop = Wave.SampleRate / 100;

    /// <summary>Samples of a frame.</summary>
    public const int Length = 3 * Hop;

    private const double Floor = 1e-6;

    /// <summary>Half a sine, whose squares under the frames of a sample add up to 3/2. As floats, since a platform's sine may differ in its last bit.</summary>
    private static readonly float[] s_window = [.. Enumerable.Range(0, Length).Select(i => (float)Math.Sin(Math.PI * (i + 0.5) / Length))];

    /// <summary>The window.</summary>
    public static ReadOnlySpan<float> Window => s_window;

    /// <summary>The spectrum of a frame, or of two at once: of one as the real part, of the other as the imaginary one.</summary>
    internal static void Transform(
        FourierTransform transform, ReadOnlySpan<float> frame, ReadOnlySpan<float> other, Span<double> real, Span<double> imaginary)
    {
        real.Clear();
        imaginary.Clear();
        for (var i = 0; i < frame.Length; i++)
            real[i] = frame[i] * s_window[i];
        for (var i = 0; i < other.Length; i++)
            imaginary[i] = other[i] * s_window[i];
        transform.Run(real, imaginary);
    }

    /// <summary>What the model sees of a frame: the logarithms of the energies in its bands.</summary>
    public static void ToFeatures(ReadOnlySpan<double> energies, Span<float> features)
    {
        for (var band = 0; band < Bands.Count; band++)
            features[band] = (float)BinaryLogarithm.Of(energies[band] + Floor);
    }

    /// <summary>In which frames of clean speech somebody speaks: those with a fiftieth of the mean energy or more.</summary>
    public static bool[] FindSpeech(ReadOnlySpan<float> clean)
    {
        const double Least = 0.02;
        var energies = new double[1 + (clean.Length - Length) / Hop];
        for (var frame = 0; frame < energies.Length; frame++)
        {
            for (var i = 0; i < Length; i++)
            {
                var sample = clean[frame * Hop + i] * s_window[i];
                energies[frame] += sample * sample;
            }
        }

        var least = Least * energies.Average();
        return Array.ConvertAll(energies, energy => energy > least);
    }
}
