using System.Globalization;
using System.Text;

namespace NanoRnn.Storage;

/// <summary>What a file says, for messages: on one line, however long it is and whatever characters it has.</summary>
/// <remarks>The compiler reads files too, so it compiles for netstandard2.0.</remarks>
internal static class FileText
{
    private const int MaxCharacters = 80;
    private const int MaxItems = 12;

    /// <summary>A text without its end if it is long; what is no plain ASCII as the escape of JSON.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            if (escaped.Length >= MaxCharacters)
                return escaped.Append('…').ToString();
            if (character is >= ' ' and <= '~' and not '\\')
                escaped.Append(character);
            else
                escaped.Append(Invariant($"\\u{(int)character:X4}"));
        }

        return escaped.ToString();
    }

    /// <summary>The first of some items, and how many more there are.</summary>
    /// <remarks>An array, since lists that arrays are too bring interfaces of all arrays into native binaries.</remarks>
    public static string List<T>(T[] items)
    {
        var list = new StringBuilder();
        for (var i = 0; i < items.Length && i < MaxItems; i++)
            list.Append(i == 0 ? "" : ", ").Append(Invariant($"{items[i]}"));
        return items.Length <= MaxItems ? list.ToString() : list.Append(Invariant($" and {items.Length - MaxItems} more")).ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
