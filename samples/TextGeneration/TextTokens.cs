namespace TextGeneration;

/// <summary>A way to cut a text into tokens and to put it together again.</summary>
/// <param name="Count">The number of tokens. Of them 0 and 1, padding and what is unknown, are never written.</param>
/// <param name="Encode">The tokens of a text.</param>
/// <param name="Decode">The text of a token.</param>
public sealed record TextTokens(int Count, Func<string, int[]> Encode, Func<int, string> Decode);
