using NanoRnn;

namespace Translation;

/// <summary>
/// An encoder that reads a written date from its end to its beginning, and a decoder that begins where the encoder has stopped and
/// writes the ISO date.
/// </summary>
[RnnModel]
[Embedding(DateTokens.WrittenCount, 16)]
[Lstm(64, GoBackwards = true)]
[Decoder(DateTokens.Start, DateTokens.End)]
[Embedding(DateTokens.IsoCount, 8)]
[Lstm(64, ReturnSequences = true)]
[Dense(DateTokens.IsoCount, Activation = Activation.Softmax)]
public sealed partial class DateTranslator
{
    /// <summary>Translates one date.</summary>
    /// <param name="written">A date as <see cref="WrittenDate"/> writes it.</param>
    /// <param name="beamWidth">1 to take the most probable character at every step, more to follow so many ISO dates.</param>
    public string Translate(string written, int beamWidth = 1)
    {
        Span<int> source = stackalloc int[WrittenDate.MaxLength];
        Span<int> iso = stackalloc int[DateTokens.IsoSteps];
        var length = DateTokens.EncodeWritten(written, source);
        return DateTokens.DecodeIso(iso[..Generate(source[..length], iso, beamWidth)]);
    }
}
