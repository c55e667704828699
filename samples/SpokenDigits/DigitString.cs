using Listen;
using NanoRnn;

namespace SpokenDigits;

/// <summary>Recordings of one speaker behind each other, with gaps of digital silence, of which each feature is 0.</summary>
/// <param name="Digits">What is said.</param>
/// <param name="Features">Frames × bands.</param>
public sealed record DigitString(int[] Digits, byte[] Features)
{
    /// <summary>The most digits.</summary>
    public const int MaxDigits = 5;

    /// <summary>The most frames; longer strings are not made.</summary>
    public const int MaxFrames = 224;

    private const int MinDigits = 2;
    private const int MaxGap = 12;

    /// <summary>Makes strings of recordings that are drawn at random.</summary>
    public static DigitString[] Create(IReadOnlyList<SpokenDigit> recordings, int count, int seed)
    {
        var random = new RandomGenerator((uint)seed);
        var speakers = recordings.GroupBy(recording => recording.Speaker).Select(group => group.ToArray()).ToArray();
        var strings = new DigitString[count];
        for (var i = 0; i < count;)
        {
            var speaker = speakers[random.NextInt(speakers.Length)];
            var digits = new int[MinDigits + random.NextInt(MaxDigits - MinDigits + 1)];
            List<byte> features = [.. CreateGap(ref random)];
            foreach (ref var digit in digits.AsSpan())
            {
                var recording = speaker[random.NextInt(speaker.Length)];
                digit = recording.Digit;
                features.AddRange(WordData.Vary(recording.Features, ref random));
                features.AddRange(CreateGap(ref random));
            }

            if (features.Count <= MaxFrames * LogMel.Bands)
                strings[i++] = new DigitString(digits, [.. features]);
        }

        return strings;
    }

    /// <summary>A sample for each string. Its target is the labels, 1 for the digit 0 to 10 for 9, with zeros behind them.</summary>
    public static SequenceDataset ToDataset(IReadOnlyList<DigitString> strings)
    {
        var inputs = new float[strings.Count * MaxFrames * LogMel.Bands];
        var labels = new int[strings.Count * MaxDigits];
        foreach (var (i, text) in strings.Index())
        {
            for (var j = 0; j < text.Features.Length; j++)
                inputs[i * MaxFrames * LogMel.Bands + j] = text.Features[j];
            for (var j = 0; j < text.Digits.Length; j++)
                labels[i * MaxDigits + j] = text.Digits[j] + 1;
        }

        int[] lengths = [.. strings.Select(text => text.Features.Length / LogMel.Bands)];
        return new SequenceDataset(inputs, labels, MaxFrames, LogMel.Bands, MaxDigits, lengths);
    }

    private static byte[] CreateGap(ref RandomGenerator random) => new byte[random.NextInt(MaxGap + 1) * LogMel.Bands];
}
