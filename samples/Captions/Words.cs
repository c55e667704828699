namespace Captions;

/// <summary>The words of a caption as tokens. Token 0 stands behind the end of a caption.</summary>
public static class Words
{
    public const int Start = 14;
    public const int End = 15;
    public const int Count = 16;

    /// <summary>The most words of a caption, and the token that ends it.</summary>
    public const int MaxSteps = 5;

    private static readonly string[] All =
        ["", "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "left", "of", "above"];

    /// <summary>The tokens of a caption, with the one that ends it.</summary>
    public static int[] Encode(string caption)
    {
        var tokens = new int[MaxSteps];
        var words = caption.Split(' ');
        for (var i = 0; i < words.Length; i++)
            tokens[i] = Array.IndexOf(All, words[i]);
        tokens[words.Length] = End;
        return tokens;
    }

    public static string Decode(ReadOnlySpan<int> tokens) => string.Join(' ', tokens.ToArray().Select(token => token < All.Length ? All[token] : "?"));

    public static string OfDigit(int digit) => All[digit + 1];
}
