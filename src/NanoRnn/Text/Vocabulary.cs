using System.Runtime.InteropServices;

namespace NanoRnn;

/// <summary>
/// The terms of a text, characters, words or groups of them, and a token for each: 0 is padding, 1 what is unknown, then the terms, the
/// most frequent first, as in Keras's <c>TextVectorization</c>. Encoding and decoding allocate nothing. May be used by many threads at once.
/// </summary>
/// <example>
/// <code>
/// var vocabulary = Vocabulary.FromCharacters(text);
/// int[] tokens = vocabulary.Encode(text);
/// var dataset = SequenceDataset.FromWindows(tokens, new WindowOptions { SequenceLength = 64, SequenceStride = 64, TargetPerStep = true });
/// </code>
/// </example>
public sealed class Vocabulary
{
    /// <summary>The token of padding.</summary>
    public const int Padding = 0;

    /// <summary>The token of what has none of its own.</summary>
    public const int Unknown = 1;

    /// <summary>The most UTF-16 characters of a term; what is longer is unknown.</summary>
    public const int MaxTermLength = 256;

    /// <summary>How the unknown token is written.</summary>
    public const string UnknownTerm = "[UNK]";

    private readonly string[] _terms;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _tokens;

    /// <summary>A vocabulary of terms that are known.</summary>
    /// <param name="terms">The terms from token 2 on, each once, standardized already.</param>
    /// <param name="options">How texts are cut; limits are not applied.</param>
    /// <exception cref="ArgumentException">A term is empty, too long, or there twice.</exception>
    public Vocabulary(IEnumerable<string> terms, VocabularyOptions options)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        var all = new List<string> { "", UnknownTerm };
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in terms)
        {
            if (string.IsNullOrEmpty(term) || term.Length > MaxTermLength)
                throw new ArgumentException($"Term {all.Count - 2} has {term?.Length ?? 0} characters; expected 1 to {MaxTermLength}.", nameof(terms));
            if (!tokens.TryAdd(term, all.Count))
                throw new ArgumentException($"Term {all.Count - 2}, \"{Storage.FileText.Escape(term)}\", is there twice.", nameof(terms));
            all.Add(term);
        }

        _terms = all.ToArray();
        _tokens = tokens.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How texts are cut.</summary>
    public VocabularyOptions Options { get; }

    /// <summary>Number of tokens, padding and the unknown one included.</summary>
    public int Count => _terms.Length;

    /// <summary>The term of a token: empty for padding, <see cref="UnknownTerm"/> for the unknown one.</summary>
    /// <param name="token">0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no token.</exception>
    public string this[int token] => (uint)token < (uint)_terms.Length
        ? _terms[token]
        : throw new ArgumentOutOfRangeException(nameof(token), token, $"The tokens are 0 to {Count - 1}.");

    /// <summary>Between terms, where texts are put together again.</summary>
    private string Separator => Options is { Split: TextSplit.Character, NGrams: 1 } ? "" : " ";

    /// <summary>The characters of a text, as they are.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">The most tokens, padding and the unknown one included; default null, no limit.</param>
    /// <returns>A vocabulary with the most frequent characters first.</returns>
    public static Vocabulary FromCharacters(string text, int? maxTokens = null) => FromTexts(
        [text], new VocabularyOptions { Split = TextSplit.Character, Standardize = TextStandardization.None, MaxTokens = maxTokens });

    /// <summary>The words of texts, in lower case and without punctuation.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="maxTokens">The most tokens, padding and the unknown one included; default null, no limit.</param>
    /// <returns>A vocabulary with the most frequent words first.</returns>
    public static Vocabulary FromWords(IEnumerable<string> texts, int? maxTokens = null) =>
        FromTexts(texts, new VocabularyOptions { MaxTokens = maxTokens });

    /// <summary>The terms of texts.</summary>
    /// <param name="texts">The texts, which are gone through once; those of a file may come line by line.</param>
    /// <param name="options">How they are cut, and which terms stay.</param>
    /// <returns>A vocabulary with the most frequent terms first, of equally frequent ones those whose characters come first in Unicode.</returns>
    public static Vocabulary FromTexts(IEnumerable<string> texts, VocabularyOptions options)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> term = stackalloc char[MaxTermLength];
        foreach (var text in texts)
        {
            var scanner = new TextScanner(options, text, term);
            while (scanner.MoveNext())
            {
                if (!scanner.IsTooLong)
                    CollectionsMarshal.GetValueRefOrAddDefault(lookup, scanner.Term, out _)++;
            }
        }

        var terms = new List<string>(counts.Count);
        foreach (var (key, count) in counts)
        {
            if (count >= options.MinCount)
                terms.Add(key);
        }

        terms.Sort((first, second) =>
            counts[second].CompareTo(counts[first]) is not 0 and var order ? order : string.CompareOrdinal(first, second));
        if (options.MaxTokens is { } maximum && terms.Count > maximum - 2)
            terms.RemoveRange(maximum - 2, terms.Count - maximum + 2);
        return new Vocabulary(terms, options);
    }

    /// <summary>The token of a term.</summary>
    /// <param name="term">The term, standardized.</param>
    /// <returns>Its token; <see cref="Unknown"/> if it has none.</returns>
    public int GetToken(ReadOnlySpan<char> term) => _tokens.TryGetValue(term, out var token) ? token : Unknown;

    /// <summary>How many tokens a text has. Allocates nothing.</summary>
    /// <param name="text">The text.</param>
    public int CountTokens(ReadOnlySpan<char> text)
    {
        var scanner = new TextScanner(Options, text, default);
        var count = 0;
        while (scanner.MoveNext())
            count++;
        return count;
    }

    /// <summary>The tokens of a text. Allocates nothing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Receives them.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">There is not room for all.</exception>
    public int Encode(ReadOnlySpan<char> text, Span<int> tokens)
    {
        Span<char> term = stackalloc char[MaxTermLength];
        var scanner = new TextScanner(Options, text, term);
        var count = 0;
        while (scanner.MoveNext())
        {
            if (count == tokens.Length)
                throw new ArgumentException($"Expected room for {CountTokens(text)} tokens, found {tokens.Length}.", nameof(tokens));
            tokens[count++] = scanner.IsTooLong ? Unknown : GetToken(scanner.Term);
        }

        return count;
    }

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">The text.</param>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new int[CountTokens(text)];
        Encode(text, tokens);
        return tokens;
    }

    /// <summary>How many characters <see cref="Decode(ReadOnlySpan{int}, Span{char})"/> gives. Allocates nothing.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is no token.</exception>
    public int GetTextLength(ReadOnlySpan<int> tokens)
    {
        var (length, count) = (0, 0);
        foreach (var token in tokens)
        {
            length = checked(length + this[token].Length);
            count += token == Padding ? 0 : 1;
        }

        return checked(length + Math.Max(0, count - 1) * Separator.Length);
    }

    /// <summary>The text of tokens: characters side by side, words with a space between. Padding is left out. Allocates nothing.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="text">Receives the text.</param>
    /// <returns>How many characters it has.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One is no token.</exception>
    /// <exception cref="ArgumentException">There is not room for all.</exception>
    public int Decode(ReadOnlySpan<int> tokens, Span<char> text)
    {
        var needed = GetTextLength(tokens);
        if (needed > text.Length)
            throw new ArgumentException($"Expected room for {needed} characters, found {text.Length}.", nameof(text));
        var place = 0;
        foreach (var token in tokens)
        {
            if (token == Padding)
                continue;
            if (place > 0)
            {
                Separator.CopyTo(text[place..]);
                place += Separator.Length;
            }

            _terms[token].CopyTo(text[place..]);
            place += _terms[token].Length;
        }

        return place;
    }

    /// <summary>The text of tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is no token.</exception>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new char[GetTextLength(tokens)];
        Decode(tokens, text);
        return new string(text);
    }

    /// <summary>
    /// Writes the vocabulary as text: a line that says how texts are cut, then a line for each term from token 2 on. The file is replaced as a
    /// whole or not at all.
    /// </summary>
    /// <param name="path">Where to write it: beside the model's file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path) => VocabularyFile.Write(path, Options, _terms.AsSpan(2));

    /// <summary>Reads a vocabulary that <see cref="Save"/> has written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">It is no vocabulary; the message says which line is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Vocabulary Load(string path) => VocabularyFile.Read(path);
}
