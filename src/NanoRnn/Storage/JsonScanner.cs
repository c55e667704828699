using System.Globalization;
using System.Text;

namespace NanoRnn.Storage;

/// <summary>
/// Goes through the JSON (RFC 8259) of a header: objects, arrays, strings and integers that are not negative. The reader of the header
/// says what it expects, so that nothing else has to be understood.
/// </summary>
/// <param name="text">The header, in UTF-8.</param>
internal ref struct JsonScanner(ReadOnlySpan<byte> text)
{
    private static readonly UTF8Encoding StrictEncoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;

    /// <summary>What comes next.</summary>
    /// <exception cref="FormatException">Nothing comes, or no value can start so.</exception>
    public JsonToken Peek()
    {
        SkipSpaces();
        return Current switch
        {
            '{' => JsonToken.StartObject,
            '}' => JsonToken.EndObject,
            '[' => JsonToken.StartArray,
            ']' => JsonToken.EndArray,
            '"' => JsonToken.String,
            '-' or (>= '0' and <= '9') => JsonToken.Number,
            't' => JsonToken.True,
            'f' => JsonToken.False,
            'n' => JsonToken.Null,
            _ => throw Unexpected(),
        };
    }

    /// <summary>Goes past the bracket that starts an object or an array, which has been peeked at.</summary>
    public void Start() => _position++;

    /// <summary>The next key of an object, or null at its end, which is gone past.</summary>
    /// <param name="isFirst">Whether no key has been read yet.</param>
    public string? ReadKey(bool isFirst)
    {
        if (!MoveNext('}', isFirst))
            return null;
        if (Peek() != JsonToken.String)
            throw Unexpected();
        var key = ReadString();
        SkipSpaces();
        if (Current != ':')
            throw Unexpected();
        _position++;
        return key;
    }

    /// <summary>Goes to the next element of an array, or past its end.</summary>
    /// <param name="isFirst">Whether no element has been read yet.</param>
    public bool MoveToElement(bool isFirst) => MoveNext(']', isFirst);

    /// <summary>Reads a number from 0 to 2⁶³ − 1 without fraction and exponent, if that is what comes next.</summary>
    public bool TryReadInteger(out long value)
    {
        value = 0;
        if (Peek() != JsonToken.Number)
            return false;
        var start = _position;
        while (_position < _text.Length && _text[_position] is (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-' or (byte)'.' or (byte)'e' or (byte)'E')
        {
            var digit = _text[_position++] - '0';
            if (digit is < 0 or > 9 || value > (long.MaxValue - digit) / 10)
                return false;
            value = value * 10 + digit;
        }

        // A number has no leading zeros.
        return _text[start] != '0' || _position == start + 1;
    }

    /// <summary>A string that has been peeked at.</summary>
    public string ReadString()
    {
        var start = ++_position;
        var escapes = false;
        for (; Current != '"'; _position++)
        {
            if (Current < ' ')
                throw Unexpected();
            if (Current == '\\')
            {
                escapes = true;
                _position++;
            }
        }

        var text = Decode(_text.Slice(start, _position++ - start));
        return escapes ? Unescape(text) : text;
    }

    /// <summary>Makes sure that nothing is left.</summary>
    public void End()
    {
        SkipSpaces();
        if (_position < _text.Length)
            throw Unexpected();
    }

    private readonly char Current => _position < _text.Length
        ? (char)_text[_position]
        : throw new FormatException($"it ends after {_text.Length} bytes.");

    private bool MoveNext(char end, bool isFirst)
    {
        SkipSpaces();
        if (Current == end)
        {
            _position++;
            return false;
        }

        if (isFirst)
            return true;
        if (Current != ',')
            throw Unexpected();
        _position++;
        SkipSpaces();
        return true;
    }

    private void SkipSpaces()
    {
        while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            _position++;
    }

    private readonly FormatException Unexpected() => new($"byte 0x{_text[_position]:X2} at position {_position} cannot be there.");

    private static string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return StrictEncoding.GetString(text.ToArray());
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException("a string is not UTF-8.", exception);
        }
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            var escape = text[++i];
            if (escape == 'u')
            {
                result.Append(i + 4 < text.Length ? ReadCode(text.Substring(i + 1, 4)) : throw InvalidEscape());
                i += 4;
            }
            else
            {
                var known = "\"\\/bfnrt".IndexOf(escape);
                result.Append(known >= 0 ? "\"\\/\b\f\n\r\t"[known] : throw InvalidEscape());
            }
        }

        for (var i = 0; i < result.Length; i++)
        {
            if (char.IsLowSurrogate(result[i]) || char.IsHighSurrogate(result[i]) && (++i == result.Length || !char.IsLowSurrogate(result[i])))
                throw new FormatException("a string has half of a surrogate pair.");
        }

        return result.ToString();
    }

    private static char ReadCode(string digits) =>
        ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? (char)code : throw InvalidEscape();

    private static FormatException InvalidEscape() => new("a string has an escape that JSON does not know.");
}
