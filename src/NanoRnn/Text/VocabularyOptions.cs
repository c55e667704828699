namespace NanoRnn;

/// <summary>How a <see cref="Vocabulary"/> cuts texts and which terms it has. Names and defaults are those of Keras's <c>TextVectorization</c>.</summary>
public sealed record VocabularyOptions
{
    /// <summary>What texts are cut into. Default words.</summary>
    public TextSplit Split { get; init; } = TextSplit.Whitespace;

    /// <summary>What is done before. Default lower case without punctuation.</summary>
    public TextStandardization Standardize { get; init; } = TextStandardization.LowerAndStripPunctuation;

    /// <summary>
    /// The most words or characters of a term, at least 1. Default 1. With more a text's terms are all its words, then all its pairs of words
    /// with a space between, and so on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int NGrams
    {
        get;
        init => field = AtLeast(1, value, nameof(NGrams));
    } = 1;

    /// <summary>The most tokens, padding and the unknown one included, at least 2: the most frequent terms stay. Default null, no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 2.</exception>
    public int? MaxTokens
    {
        get;
        init => field = value is { } count ? AtLeast(2, count, nameof(MaxTokens)) : null;
    }

    /// <summary>How often a term must come to have a token, at least 1. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MinCount
    {
        get;
        init => field = AtLeast(1, value, nameof(MinCount));
    } = 1;

    private static int AtLeast(int minimum, int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, minimum, name);
        return value;
    }
}
