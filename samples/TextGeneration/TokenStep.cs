namespace TextGeneration;

/// <summary>A session's method: takes the next token of a text and gives the probability of each to follow.</summary>
public delegate void TokenStep(ReadOnlySpan<int> token, Span<float> probabilities);
