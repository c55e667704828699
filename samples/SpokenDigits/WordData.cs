using Listen;
using NanoRnn;

namespace SpokenDigits;

/// <summary>Recordings as samples to learn from.</summary>
public static class WordData
{
    /// <summary>A sample for each recording, whose target is the digit.</summary>
    public static SequenceDataset ToDataset(IReadOnlyList<SpokenDigit> recordings)
    {
        const int Length = WordModel.MaxFrames * LogMel.Bands;
        var inputs = new float[recordings.Count * Length];
        var lengths = new int[recordings.Count];
        foreach (var (i, recording) in recordings.Index())
        {
            var count = Math.Min(recording.Features.Length, Length);
            for (var j = 0; j < count; j++)
                inputs[i * Length + j] = recording.Features[j];
            lengths[i] = count / LogMel.Bands;
        }

        int[] digits = [.. recordings.Select(recording => recording.Digit)];
        return new SequenceDataset(inputs, digits, WordModel.MaxFrames, LogMel.Bands, targetSize: 1, lengths);
    }

    /// <summary>The recordings, and each of them twice more, louder or quieter and moved in time.</summary>
    public static IReadOnlyList<SpokenDigit> WithVariants(IReadOnlyList<SpokenDigit> recordings, int seed)
    {
        var random = new RandomGenerator((uint)seed);
        var variants = new List<SpokenDigit>(recordings);
        foreach (var recording in recordings.Concat(recordings))
            variants.Add(recording with { Features = Vary(recording.Features, ref random) });
        return variants;
    }

    /// <summary>Frames without the first ones, or with the first one repeated; all of them louder or quieter, which adds to a logarithm.</summary>
    internal static byte[] Vary(ReadOnlySpan<byte> features, ref RandomGenerator random)
    {
        const int MaxMove = 3;
        const int MaxLevel = 15;
        var frames = features.Length / LogMel.Bands;
        var move = random.NextInt(2 * MaxMove + 1) - MaxMove;
        move = Math.Min(move, frames - 1);
        var level = random.NextInt(2 * MaxLevel + 1) - MaxLevel;
        var varied = new byte[(frames - move) * LogMel.Bands];
        for (var i = 0; i < varied.Length; i++)
        {
            var source = Math.Max(i + move * LogMel.Bands, i % LogMel.Bands);
            varied[i] = (byte)Math.Clamp(features[source] + level, byte.MinValue, byte.MaxValue);
        }

        return varied;
    }
}
