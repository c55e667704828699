using NanoRnn;
using Samples;

namespace Denoiser;

/// <summary>Measures a model with mixtures of voices that it has not heard.</summary>
public static class DenoiserTest
{
    private const int Seconds = 6;

    /// <summary>The mean of some mixtures of 6 s.</summary>
    /// <param name="model">What is measured.</param>
    /// <param name="voices">Who speaks, and who babbles.</param>
    /// <param name="kind">The noise.</param>
    /// <param name="ratio">By how many dB the speech is louder.</param>
    /// <param name="count">How many mixtures; those of each kind and number are always the same but for the loudness of the noise.</param>
    public static Quality Measure(DenoiserModel model, Voice[] voices, NoiseKind kind, float ratio, int count)
    {
        var qualities = new Quality[count];
        Parallel.For(0, count, i => qualities[i] = Quality.Of(model, CreateMixture(voices, kind, ratio, i)));
        return Quality.MeanOf(qualities);
    }

    /// <summary>A mixture of the test.</summary>
    public static Mixture CreateMixture(Voice[] voices, NoiseKind kind, float ratio, int number)
    {
        // Training has seeds of its own: it takes the numbers from its seed times 2³² on.
        const ulong Seed = 1UL << 63;
        var random = new RandomGenerator(Seed + 1000 * (ulong)kind + (ulong)number);
        return Mixture.Create(voices, kind, ratio, Seconds * Wave.SampleRate, ref random);
    }
}
