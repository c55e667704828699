using NanoRnn;
using Samples;

namespace Denoiser;

/// <summary>Makes noises.</summary>
public static class NoiseMaker
{
    /// <summary>What models learn from: all but the last kind.</summary>
    public const int LearntKinds = (int)NoiseKind.Motor;

    /// <summary>Makes a noise of any loudness.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="voices">Who babbles.</param>
    /// <param name="samples">Where it goes.</param>
    /// <param name="random">What it is made of.</param>
    public static void Create(NoiseKind kind, ReadOnlySpan<Voice> voices, Span<float> samples, ref RandomGenerator random)
    {
        samples.Clear();
        switch (kind)
        {
            case NoiseKind.White:
                AddWhite(samples, level: 1, ref random);
                break;
            case NoiseKind.Pink:
                AddPink(samples, ref random);
                break;
            case NoiseKind.Resonant:
                AddResonance(samples, ref random);
                AddResonance(samples, ref random);
                Swell(samples, ref random);
                AddWhite(samples, random.NextUniform(0.003f, 0.1f), ref random);
                break;
            case NoiseKind.Hum:
                AddHum(samples, ref random);
                AddWhite(samples, level: 0.01f, ref random);
                break;
            case NoiseKind.Clicks:
                AddClicks(samples, ref random);
                AddWhite(samples, level: 0.002f, ref random);
                break;
            case NoiseKind.Babble:
                AddBabble(voices, samples, ref random);
                break;
            case NoiseKind.Motor:
                AddMotor(samples, ref random);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such noise.");
        }
    }

    private static void AddWhite(Span<float> samples, float level, ref RandomGenerator random)
    {
        foreach (ref var sample in samples)
            sample += level * random.NextUniform(-1, 1);
    }

    /// <summary>Three first-order filters, whose sum falls by 3 dB an octave (P. Kellet).</summary>
    private static void AddPink(Span<float> samples, ref RandomGenerator random)
    {
        var (a, b, c) = (0f, 0f, 0f);
        foreach (ref var sample in samples)
        {
            var white = random.NextUniform(-1, 1);
            a = 0.99765f * a + 0.0990460f * white;
            b = 0.96300f * b + 0.2965164f * white;
            c = 0.57000f * c + 1.0526913f * white;
            sample += a + b + c + 0.1848f * white;
        }
    }

    /// <summary>White noise through a resonance.</summary>
    private static void AddResonance(Span<float> samples, ref RandomGenerator random)
    {
        // With even chances for every doubling from 100 to 3,200 Hz.
        var radius = random.NextUniform(0.8f, 0.99f);
        var (cosine, _) = Turn(100 * MathF.Pow(2, random.NextUniform(0, 5)));
        var (a, b) = (2 * radius * cosine, -radius * radius);
        var (last, beforeLast) = (0f, 0f);
        foreach (ref var sample in samples)
        {
            var next = (1 - radius) * random.NextUniform(-1, 1) + a * last + b * beforeLast;
            (last, beforeLast) = (next, last);
            sample += next;
        }
    }

    /// <summary>Makes it louder and softer, a few times a second or more seldom.</summary>
    private static void Swell(Span<float> samples, ref RandomGenerator random)
    {
        var depth = random.NextUniform(0, 0.9f);
        var (x, y) = (1f, 0f);
        var (cosine, sine) = Turn(random.NextUniform(0.2f, 4));
        foreach (ref var sample in samples)
        {
            sample *= 1 + depth * y;
            (x, y) = (x * cosine - y * sine, x * sine + y * cosine);
        }
    }

    private static void AddHum(Span<float> samples, ref RandomGenerator random)
    {
        var mains = random.NextInt(2) == 0 ? 50f : 60;
        for (var harmonic = 1; harmonic <= 16; harmonic++)
            AddTone(samples, mains * harmonic, random.NextFloat() / harmonic, waver: 0, ref random);
    }

    /// <summary>A sine that begins anywhere.</summary>
    /// <param name="samples">What it is added to.</param>
    /// <param name="frequency">In Hz.</param>
    /// <param name="level">Its amplitude.</param>
    /// <param name="waver">How much the frequency goes up and down three times a second, as a share.</param>
    /// <param name="random">What the beginning is drawn from.</param>
    private static void AddTone(Span<float> samples, float frequency, float level, float waver, ref RandomGenerator random)
    {
        var (x, y) = Turn(random.NextUniform(0, Wave.SampleRate));
        var (u, v) = (1f, 0f);
        var (slowCosine, slowSine) = Turn(3);
        var (cosine, sine) = Turn(frequency);
        foreach (ref var sample in samples)
        {
            // A little faster or slower: a turn that is nearly that of the sum of both angles.
            var (c, s) = (cosine - waver * v * sine, sine + waver * v * cosine);
            (x, y) = (x * c - y * s, x * s + y * c);
            var correction = 1.5f - 0.5f * (x * x + y * y);
            (x, y) = (x * correction, y * correction);
            (u, v) = (u * slowCosine - v * slowSine, u * slowSine + v * slowCosine);
            sample += level * y;
        }
    }

    private static void AddClicks(Span<float> samples, ref RandomGenerator random)
    {
        var longestPause = random.NextInt(Wave.SampleRate) + Wave.SampleRate / 20;
        for (var start = random.NextInt(longestPause); start < samples.Length; start += 1 + random.NextInt(longestPause))
        {
            var (x, y) = (random.NextUniform(0.2f, 1), 0f);
            var (cosine, sine) = Turn(random.NextUniform(300, 3500));
            var decay = random.NextUniform(0.9f, 0.995f);
            for (var i = start; i < samples.Length && x * x + y * y > 1e-6f; i++)
            {
                samples[i] += x;
                (x, y) = (decay * (x * cosine - y * sine), decay * (x * sine + y * cosine));
            }
        }
    }

    private static void AddBabble(ReadOnlySpan<Voice> voices, Span<float> samples, ref RandomGenerator random)
    {
        const int People = 5;
        var one = new float[samples.Length];
        for (var i = 0; i < People; i++)
        {
            voices[random.NextInt(voices.Length)].Speak(one, random.NextUniform(0.9f, 1.1f), longestGap: Wave.SampleRate / 5, ref random);
            Mixture.Scale(one, 1);
            for (var j = 0; j < one.Length; j++)
                samples[j] += one[j];
        }
    }

    private static void AddMotor(Span<float> samples, ref RandomGenerator random)
    {
        var speed = random.NextUniform(70, 160);
        for (var harmonic = 1; harmonic * speed < Wave.SampleRate / 2; harmonic++)
            AddTone(samples, speed * harmonic, random.NextUniform(0.3f, 1) / MathF.Sqrt(harmonic), waver: 0.03f, ref random);
        var rumble = 0f;
        foreach (ref var sample in samples)
        {
            rumble = 0.98f * rumble + 0.2f * random.NextUniform(-1, 1);
            sample += rumble;
        }
    }

    /// <summary>Cosine and sine of what a tone turns by in a sample. As floats, since a platform's may differ in the last bit.</summary>
    private static (float Cosine, float Sine) Turn(float frequency)
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * frequency / Wave.SampleRate);
        return ((float)cosine, (float)sine);
    }
}
