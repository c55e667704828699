using System.Diagnostics;
using Samples;

namespace Denoiser;

/// <summary>Tells how good a model is, and how fast, and writes what is to be heard and seen.</summary>
public static class Demonstration
{
    private const int MixturesOfAKind = 10;

    /// <param name="model">The model.</param>
    /// <param name="voices">Voices that it has not heard.</param>
    /// <param name="folder">Where sounds and picture go.</param>
    /// <param name="output">Where the report goes.</param>
    public static void Run(DenoiserModel model, Voice[] voices, string folder, TextWriter output)
    {
        output.WriteLine($"Unheard voices ({string.Join(", ", voices.Select(voice => voice.Name))}), {MixturesOfAKind} mixtures of each noise that models learn from:");
        output.WriteLine("speech to noise   SI-SDR   after   gain  frames told right");
        foreach (var ratio in new[] { -5f, 0, 5, 10, 15 })
        {
            var qualities = Enumerable.Range(0, NoiseMaker.LearntKinds).Select(kind => Measure((NoiseKind)kind, ratio)).ToArray();
            WriteLine($"{ratio} dB", Quality.MeanOf(qualities));
        }

        output.WriteLine("at 0 dB");
        foreach (var kind in Enum.GetValues<NoiseKind>())
            WriteLine($"  {kind.ToString().ToLowerInvariant()}{((int)kind < NoiseMaker.LearntKinds ? "" : ", unheard")}", Measure(kind, ratio: 0));

        var demonstration = CreateDemonstration(voices);
        Save("clean", demonstration.Clean);
        Save("before", demonstration.Noisy);
        var after = Stream(model, demonstration.Noisy, output);
        Save("after", after);
        var picture = Path.Combine(folder, "spectrograms.png");
        SpectrogramPlot.Save(picture, ("before", demonstration.Noisy), ("after", after), ("clean", demonstration.Clean));
        output.WriteLine(FormattableString.Invariant(
            $"SI-SDR {Quality.Distortion(demonstration.Clean, demonstration.Noisy):F1} dB before, {Quality.Distortion(demonstration.Clean, after):F1} dB after"));
        output.WriteLine($"Sounds and picture: {Path.Combine(folder, "before.wav")}, after.wav, clean.wav, spectrograms.png");

        Quality Measure(NoiseKind kind, float ratio) => DenoiserTest.Measure(model, voices, kind, ratio, MixturesOfAKind);

        // Plus zero, so that what is rounded to zero has no sign.
        void WriteLine(string name, Quality quality) => output.WriteLine(FormattableString.Invariant(
            $"{name,-16} {Math.Round(quality.Before, 1) + 0.0,7:F1} {quality.After,7:F1} {quality.Gain,6:F1}  {100 * quality.VoiceAccuracy:F1} % ({100 * quality.SpeechShare:F0} % have speech)"));

        void Save(string name, float[] samples) => Wave.Save(Path.Combine(folder, name + ".wav"), Samples16.FromFloats(samples));
    }

    /// <summary>Three seconds each of four noises, as loud as the speech.</summary>
    private static Mixture CreateDemonstration(Voice[] voices)
    {
        const int Length = 3 * Wave.SampleRate;
        NoiseKind[] kinds = [NoiseKind.Pink, NoiseKind.Hum, NoiseKind.Clicks, NoiseKind.Motor];
        var parts = Array.ConvertAll(kinds, kind => DenoiserTest.CreateMixture(voices, kind, ratio: 0, number: 0));
        return new Mixture([.. parts.SelectMany(part => part.Clean[..Length])], [.. parts.SelectMany(part => part.Noise[..Length])]);
    }

    /// <summary>Goes through a sound as it would come from a microphone, and tells how long it takes.</summary>
    private static float[] Stream(DenoiserModel model, float[] samples, TextWriter output)
    {
        // Once before the clock runs, so that everything is compiled.
        var (left, _) = NoiseSuppressor.Process(model, samples);
        using var suppressor = new NoiseSuppressor(model);
        var blocks = samples.Length / Frames.Hop;
        Span<float> block = stackalloc float[Frames.Hop];
        var (start, bytes) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < blocks; i++)
            suppressor.Process(samples.AsSpan(i * Frames.Hop, Frames.Hop), block);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        var microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / blocks;
        output.WriteLine(FormattableString.Invariant(
            $"{blocks} blocks of 10 ms one by one: {microseconds:F1} µs each, {10_000 / microseconds:F0} times real time; {bytes} bytes allocated"));
        return left;
    }
}
