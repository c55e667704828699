using NanoRnn;

namespace Translation;

/// <summary>
/// An encoder that reads a written date in both directions, and a decoder that writes the ISO date, at each character of which it looks at the
/// characters of the written one.
/// </summary>
[RnnModel]
[Embedding(DateTokens.WrittenCount, 16)]
[Lstm(16, Direction = Direction.Bidirectional, ReturnSequences = true, Name = "written")]
[Decoder(DateTokens.Start, DateTokens.End, UseEncoderState = false)]
[Embedding(DateTokens.IsoCount, 8)]
[Lstm(32, ReturnSequences = true, Name = "state")]
[Attention("written", Name = "context")]
[Concatenate("context", "state")]
[Dense(24, Activation = Activation.Tanh)]
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
