namespace NanoRnn;

/// <summary>Goes through the terms of a text: all of one word or character, then all of two, and so on. Allocates nothing.</summary>
/// <param name="options">How the text is cut.</param>
/// <param name="text">The text.</param>
/// <param name="term">Room for a term. A longer one is cut, and said to be too long.</param>
internal ref struct TextScanner(VocabularyOptions options, ReadOnlySpan<char> text, Span<char> term)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _term = term;
    private int _width = 1;
    private int _place;
    private int _length;

    /// <summary>The term, standardized.</summary>
    public readonly ReadOnlySpan<char> Term => _term[..Math.Min(_length, _term.Length)];

    /// <summary>Whether the term did not fit.</summary>
    public readonly bool IsTooLong => _length > _term.Length;

    /// <summary>Goes to the next term.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        for (; _width <= options.NGrams; (_width, _place) = (_width + 1, 0))
        {
            _length = 0;
            if (!TryAppendUnit(ref _place))
                continue;
            var (place, count) = (_place, 1);
            while (count < _width && TryAppendNext(ref place))
                count++;
            if (count == _width)
                return true;
        }

        return false;
    }

    private bool TryAppendNext(ref int place)
    {
        if (options.Split == TextSplit.Whitespace)
            Append(' ');
        return TryAppendUnit(ref place);
    }

    /// <summary>Appends the next word or character from a place on, which moves behind it.</summary>
    private bool TryAppendUnit(ref int place)
    {
        var before = _length;
        while (place < _text.Length)
        {
            var character = _text[place++];
            if (options.Split == TextSplit.Whitespace && char.IsWhiteSpace(character))
            {
                if (_length > before)
                    return true;
                continue;
            }

            if ((options.Standardize & TextStandardization.StripPunctuation) != 0 && char.IsAscii(character) && IsPunctuation(character))
                continue;
            Append((options.Standardize & TextStandardization.Lower) != 0 ? char.ToLowerInvariant(character) : character);
            if (options.Split == TextSplit.Whitespace)
                continue;
            if (char.IsHighSurrogate(character) && place < _text.Length && char.IsLowSurrogate(_text[place]))
                Append(_text[place++]);
            return true;
        }

        return _length > before;
    }

    private void Append(char character)
    {
        if (_length < _term.Length)
            _term[_length] = character;
        _length++;
    }

    private static bool IsPunctuation(char character) => character > ' ' && character < (char)127 && !char.IsAsciiLetterOrDigit(character);
}
