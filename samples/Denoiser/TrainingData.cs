using NanoRnn;
using Samples;

namespace Denoiser;

/// <summary>Mixtures as samples to learn from, made while training goes on: none comes twice.</summary>
/// <param name="voices">Whose words they have.</param>
/// <param name="seed">Seed of all of them.</param>
public sealed class TrainingData(Voice[] voices, int seed)
{
    /// <summary>Frames of a sample, 4 s.</summary>
    public const int Steps = 400;

    /// <summary>Seconds of an epoch.</summary>
    public const int SecondsPerEpoch = PartsPerEpoch * SamplesPerPart * Steps / 100;

    private const int TargetSize = Bands.Count + 1;
    private const int SamplesPerPart = 128;
    private const int PartsPerEpoch = 2;

    private readonly float[] _inputs = new float[SamplesPerPart * Steps * Bands.Count];
    private readonly float[] _targets = new float[SamplesPerPart * Steps * TargetSize];
    private ulong _count = (ulong)(uint)seed << 32;

    /// <summary>Epochs without end, each of other mixtures.</summary>
    public StreamedDataset Stream => new(Enumerable.Range(0, PartsPerEpoch).Select(_ => NextPart()), PartsPerEpoch * SamplesPerPart);

    /// <summary>The next mixtures; they are in the place of the last ones.</summary>
    public SequenceDataset NextPart()
    {
        var first = _count;
        _count += SamplesPerPart;
        Parallel.For(0, SamplesPerPart, i =>
        {
            var random = new RandomGenerator(first + (ulong)i);
            var kind = (NoiseKind)random.NextInt(NoiseMaker.LearntKinds);
            var mixture = Mixture.Create(
                voices, kind, random.NextUniform(-8, 25), (Steps - 1) * Frames.Hop + Frames.Length, ref random, variety: 0.15f);
            Write(mixture, _inputs.AsSpan(i * Steps * Bands.Count, Steps * Bands.Count), _targets.AsSpan(i * Steps * TargetSize, Steps * TargetSize));
        });
        return new SequenceDataset(_inputs, _targets, Steps, Bands.Count, Steps * TargetSize);
    }

    /// <summary>Features and targets of each frame.</summary>
    private static void Write(Mixture mixture, Span<float> features, Span<float> targets)
    {
        const int Size = FourierTransform.Size;
        var transform = new FourierTransform();
        var (real, imaginary) = (new double[Size], new double[Size]);
        var (noisy, common) = (new double[Bands.Bins], new double[Bands.Bins]);
        var (energies, products) = (new double[Bands.Count], new double[Bands.Count]);
        foreach (var (frame, isSpeech) in Frames.FindSpeech(mixture.Clean).Index())
        {
            // Two transforms in one: the speech is the real part, the noise the imaginary one.
            var samples = new Range(frame * Frames.Hop, frame * Frames.Hop + Frames.Length);
            Frames.Transform(transform, mixture.Clean.AsSpan(samples), mixture.Noise.AsSpan(samples), real, imaginary);
            for (var bin = 0; bin < Bands.Bins; bin++)
            {
                var mirror = (Size - bin) % Size;
                var (cleanReal, cleanImaginary) = ((real[bin] + real[mirror]) / 2, (imaginary[bin] - imaginary[mirror]) / 2);
                var (noiseReal, noiseImaginary) = ((imaginary[bin] + imaginary[mirror]) / 2, (real[mirror] - real[bin]) / 2);
                var (noisyReal, noisyImaginary) = (cleanReal + noiseReal, cleanImaginary + noiseImaginary);
                noisy[bin] = noisyReal * noisyReal + noisyImaginary * noisyImaginary;
                common[bin] = cleanReal * noisyReal + cleanImaginary * noisyImaginary;
            }

            // The gain with which the noisy band comes nearest to the clean one.
            Bands.Sum(noisy, energies);
            Bands.Sum(common, products);
            Frames.ToFeatures(energies, features[(frame * Bands.Count)..]);
            for (var band = 0; band < Bands.Count; band++)
                targets[frame * TargetSize + band] = (float)Math.Clamp(products[band] / (energies[band] + 1e-9), 0, 1);
            targets[frame * TargetSize + Bands.Count] = isSpeech ? 1 : 0;
        }
    }
}
