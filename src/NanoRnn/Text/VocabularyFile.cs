using System.Globalization;
using System.Text;
using NanoRnn.Storage;

namespace NanoRnn;

/// <summary>A vocabulary as UTF-8 text: a line that says how texts are cut, then a term on each line.</summary>
internal static class VocabularyFile
{
    private const string Header = "# NanoRnn vocabulary 1";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Write(string path, VocabularyOptions options, ReadOnlySpan<string> terms)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Header}, split {(int)options.Split}, standardize {(int)options.Standardize}, ngrams {options.NGrams}\n");
        foreach (var term in terms)
        {
            for (var i = 0; i < term.Length; i++)
                Append(text, term, i);
            text.Append('\n');
        }

        AtomicFile.Write(path, Utf8.GetBytes(text.ToString()));
    }

    /// <exception cref="ModelFileException">A line is not what it should be.</exception>
    public static Vocabulary Read(string path)
    {
        string text;
        try
        {
            text = Utf8.GetString(FileReading.Read(path));
        }
        catch (DecoderFallbackException exception)
        {
            throw new ModelFileException($"{path}: expected UTF-8 text, found bytes that are none.", exception);
        }

        var lines = text.Split('\n');
        var options = ReadOptions(path, lines[0].TrimEnd('\r'));
        if (lines[^1].Length > 0)
            throw Error(path, lines.Length, "expected a line break at its end, found none: the file is cut off");
        var terms = new string[lines.Length - 2];
        for (var i = 0; i < terms.Length; i++)
            terms[i] = Unescape(path, i + 2, lines[i + 1].TrimEnd('\r'));
        try
        {
            return new Vocabulary(terms, options);
        }
        catch (ArgumentException exception)
        {
            throw new ModelFileException($"{path}: {exception.Message}", exception);
        }
    }

    private static VocabularyOptions ReadOptions(string path, string line)
    {
        var words = line.Split(", ");
        if (words is [Header, var split, var standardize, var ngrams]
            && TryRead(split, "split ", (int)TextSplit.Character, out var splitValue)
            && TryRead(standardize, "standardize ", (int)TextStandardization.LowerAndStripPunctuation, out var standardizeValue)
            && TryRead(ngrams, "ngrams ", int.MaxValue, out var ngramsValue)
            && ngramsValue > 0)
        {
            return new VocabularyOptions
            {
                Split = (TextSplit)splitValue, Standardize = (TextStandardization)standardizeValue, NGrams = ngramsValue,
            };
        }

        throw Error(path, 1, $"expected \"{Header}, split 0, standardize 3, ngrams 1\" or other numbers, found \"{FileText.Escape(line)}\"");

        static bool TryRead(string text, string name, int maximum, out int value)
        {
            value = 0;
            return text.StartsWith(name, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out value)
                && value <= maximum;
        }
    }

    /// <summary>Line breaks and the escape itself, and halves of pairs, which UTF-8 has not, are escaped.</summary>
    private static void Append(StringBuilder text, string term, int i)
    {
        var character = term[i];
        var isHalf = char.IsSurrogate(character)
            && !(char.IsHighSurrogate(character) && i + 1 < term.Length && char.IsLowSurrogate(term[i + 1]))
            && !(char.IsLowSurrogate(character) && i > 0 && char.IsHighSurrogate(term[i - 1]));
        if (isHalf || character is '\n' or '\r' or '\\')
            text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        else
            text.Append(character);
    }

    private static string Unescape(string path, int line, string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            if (i + 5 >= escaped.Length || escaped[i + 1] != 'u'
                || !ushort.TryParse(escaped.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var character))
            {
                throw Error(path, line, $"expected \\u and four hexadecimal digits, found \"{FileText.Escape(escaped[i..])}\"");
            }

            text.Append((char)character);
            i += 5;
        }

        return text.ToString();
    }

    private static ModelFileException Error(string path, int line, string message) => new($"{path}, line {line}: {message}.");
}
