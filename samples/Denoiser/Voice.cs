using NanoRnn;
using Samples;

namespace Denoiser;

/// <summary>A speaker.</summary>
/// <param name="Name">Who it is.</param>
/// <param name="Recordings">What there is of the voice: samples from −1 to 1.</param>
public sealed record Voice(string Name, float[][] Recordings)
{
    /// <summary>Reads an archive of recordings.</summary>
    /// <exception cref="InvalidDataException">The file is no such archive.</exception>
    /// <exception cref="IOException">A recording is not what it should be.</exception>
    public static Voice[] Load(string path) =>
    [
        .. SpokenRecording.ReadArchive(path).GroupBy(recording => recording.Speaker).Select(group =>
            new Voice(group.Key, [.. group.Select(recording => Samples16.ToFloats(recording.Samples))])),
    ];

    /// <summary>The voices to learn from, and those that are kept for tests.</summary>
    public static (Voice[] Heard, Voice[] Unheard) Split(Voice[] voices)
    {
        return (Array.FindAll(voices, voice => !IsUnheard(voice)), Array.FindAll(voices, IsUnheard));

        static bool IsUnheard(Voice voice) => voice.Name is "nicolas" or "theo";
    }

    /// <summary>Words of the voice in any order, with gaps.</summary>
    /// <param name="samples">Where they go; what does not fit is cut off.</param>
    /// <param name="speed">How much faster and higher than recorded.</param>
    /// <param name="longestGap">In samples.</param>
    /// <param name="random">What chooses.</param>
    public void Speak(Span<float> samples, float speed, int longestGap, ref RandomGenerator random)
    {
        samples.Clear();
        for (var start = random.NextInt(longestGap); start < samples.Length; start += random.NextInt(longestGap))
        {
            var recording = Recordings[random.NextInt(Recordings.Length)];
            for (var place = 0f; place < recording.Length - 1 && start < samples.Length; place += speed, start++)
            {
                var i = (int)place;
                samples[start] = recording[i] + (recording[i + 1] - recording[i]) * (place - i);
            }
        }
    }
}
