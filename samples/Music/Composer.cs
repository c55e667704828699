using NanoRnn;

namespace Music;

/// <summary>Writes chorales with a model: each chord that has been drawn is the next input of a session.</summary>
public static class Composer
{
    private const int Voices = 4;
    /// <summary>Quarter notes of a chorale.</summary>
    public const int Length = 64;

    /// <summary>Goes on from a chord.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="start">The first chord, of four pitches.</param>
    /// <param name="seed">Another seed gives another chorale.</param>
    public static Score Compose(MusicModel model, ReadOnlySpan<int> start, int seed)
    {
        using var session = model.CreateSession();

        // What the model holds for improbable would be a wrong note now and then.
        var sampler = new TokenSampler(MusicModel.OutputSize, seed) { Temperature = 0.5 };
        Span<float> keys = stackalloc float[MusicModel.InputSize];
        Span<float> probabilities = stackalloc float[MusicModel.OutputSize];
        var chords = new int[Length][];
        chords[0] = start.ToArray();
        for (var i = 1; i < Length; i++)
        {
            Chorales.SetKeys(chords[i - 1], keys);
            session.Step(keys, probabilities);

            // A note for each voice, in proportion to the probabilities, none twice.
            chords[i] = new int[Voices];
            foreach (ref var pitch in chords[i].AsSpan())
            {
                var key = sampler.Sample(probabilities);
                probabilities[key] = 0;
                pitch = Chorales.LowestPitch + key;
            }
        }

        return new Score(chords);
    }
}
