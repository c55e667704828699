using NanoRnn;
using Samples;

namespace Denoiser;

/// <summary>Speech with noise.</summary>
/// <param name="Clean">The speech alone.</param>
/// <param name="Noise">The noise alone.</param>
public sealed record Mixture(float[] Clean, float[] Noise)
{
    /// <summary>Both.</summary>
    public float[] Noisy => [.. Clean.Zip(Noise, (speech, noise) => speech + noise)];

    /// <summary>Makes a mixture.</summary>
    /// <param name="voices">One of these speaks, some of them babble.</param>
    /// <param name="kind">The noise.</param>
    /// <param name="ratio">By how many dB the speech is louder than the noise, over the whole length.</param>
    /// <param name="length">Samples.</param>
    /// <param name="random">What it is made of.</param>
    /// <param name="variety">By how much a voice may be faster and higher or slower and lower than recorded; 0 for not at all.</param>
    public static Mixture Create(
        ReadOnlySpan<Voice> voices, NoiseKind kind, float ratio, int length, ref RandomGenerator random, float variety = 0)
    {
        var mixture = new Mixture(new float[length], new float[length]);
        var level = 0.05f * MathF.Pow(10, random.NextUniform(-12, 6) / 20);
        voices[random.NextInt(voices.Length)].Speak(
            mixture.Clean, 1 + random.NextUniform(-variety, variety), longestGap: Wave.SampleRate * 3 / 4, ref random);
        Scale(mixture.Clean, level);
        NoiseMaker.Create(kind, voices, mixture.Noise, ref random);
        Scale(mixture.Noise, level * (float)Math.Pow(10, -ratio / 20.0));
        return mixture;
    }

    /// <summary>Brings a sound to a level, the root of its mean square.</summary>
    public static void Scale(Span<float> samples, float level)
    {
        var energy = 0.0;
        foreach (var sample in samples)
            energy += (double)sample * sample;
        var factor = (float)(level / Math.Sqrt(energy / samples.Length + 1e-12));
        foreach (ref var sample in samples)
            sample *= factor;
    }
}
