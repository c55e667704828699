namespace Translation;

/// <summary>Characters as tokens: of written dates, where upper and lower case are one, and of ISO dates.</summary>
public static class DateTokens
{
    private const string WrittenCharacters = "0123456789abcdefghijklmnopqrstuvwxyz ,./-";
    private const string IsoCharacters = "0123456789-";

    /// <summary>Token 0 stands behind the end of a written date.</summary>
    public const int WrittenCount = 42;

    public const int Start = 11;
    public const int End = 12;
    public const int IsoCount = 13;

    /// <summary>"1998-05-03" and the token that ends it.</summary>
    public const int IsoSteps = 11;

    /// <summary>Writes the tokens of a written date to the front of a span.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">It is empty or has a character that no written date has.</exception>
    public static int EncodeWritten(string written, Span<int> tokens)
    {
        if (written.Length == 0 || written.Length > tokens.Length)
            throw new ArgumentException($"Expected 1 to {tokens.Length} characters, found {written.Length}.", nameof(written));
        for (var i = 0; i < written.Length; i++)
        {
            var character = WrittenCharacters.IndexOf(char.ToLowerInvariant(written[i]), StringComparison.Ordinal);
            if (character < 0)
                throw new ArgumentException($"'{written[i]}' is none of '{WrittenCharacters}'.", nameof(written));
            tokens[i] = character + 1;
        }

        return written.Length;
    }

    public static void EncodeIso(string iso, Span<int> tokens)
    {
        for (var i = 0; i < iso.Length; i++)
            tokens[i] = IsoCharacters.IndexOf(iso[i], StringComparison.Ordinal);
        tokens[iso.Length] = End;
    }

    public static string DecodeIso(ReadOnlySpan<int> tokens)
    {
        var iso = new char[tokens.Length];
        for (var i = 0; i < iso.Length; i++)
            iso[i] = tokens[i] < IsoCharacters.Length ? IsoCharacters[tokens[i]] : '?';
        return new string(iso);
    }
}
