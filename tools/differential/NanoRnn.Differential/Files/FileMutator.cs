using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NanoRnn.Differential.Grammar;

namespace NanoRnn.Differential.Files;

/// <summary>Damages a file, or only writes it in another way: in what its header says, in its numbers, or in any of its bytes.</summary>
internal static partial class FileMutator
{
    private const int PrefixLength = sizeof(ulong);
    private const int MaxMutations = 3;

    private static readonly string[] Numbers =
    [
        "0", "1", "2", "4", "-1", "-0", "01", "1.0", "1e0", "+1", "0x1", "2147483647", "2147483648", "4294967296", "9223372036854775807",
        "9223372036854775808", "18446744073709551616", "1e400", "null", "\"1\"", "[1]", "{}", "", "1,1", " 1 ", "true",
    ];

    private static readonly string[] Strings =
    [
        "", "F32", "F64", "I8", "BF16", "F16", "U8", "BOOL", "F8_E4M3", "f32", "dtype", "shape", "data_offsets", "__metadata__", "format", "\\u0046\\u0033\\u0032",
        "\\uD83D\\uDE00", "\\uD83D", "\\uDE00", "\\x", "\\u12", "\\", "\\\"", "\\/\\b\\f\\n\\r\\t", "\t", "\n", "\0", "ä", "\uFEFF", "a\\u0000b",
    ];

    private static readonly string[] Inserts =
    [
        " ", "\n", "\t", "\r", ",", ":", "{", "}", "[", "]", "\"", "null", "/**/", "//\n", "\uFEFF", "\u00A0", "\0", "{}", "[]",
        "\"__metadata__\":{},", "\"__metadata__\":{\"a\":\"b\"},", "\"__metadata__\":{\"a\":1},", "\"__metadata__\":{\"a\":\"b\",\"a\":\"c\"},",
        "\"none\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},", "\"none\":{\"dtype\":\"F32\",\"shape\":[0,9223372036854775807,3],\"data_offsets\":[0,0]},",
        "[[[[[[[[[[", "{\"a\":", "\"x\":1,", "\"shape\":[1],",
    ];

    private static readonly uint[] Floats =
        [0, 0x8000_0000, 1, 0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 0x7F7F_FFFF, 0xFF7F_FFFF, 0x0080_0000, 0x477F_E000, 0x477F_F000, 0x477F_EFFF, 0x7F7F_8000, 0x8080_8080];

    /// <summary>A file made of another, or of two.</summary>
    public static byte[] Mutate(Dice dice, byte[] file, byte[] other)
    {
        for (var count = 1 + dice.Next(MaxMutations); count > 0; count--)
            file = MutateOnce(dice, file, other);
        return file;
    }

    private static byte[] MutateOnce(Dice dice, byte[] file, byte[] other) => dice.Next(10) switch
    {
        0 => MutateBytes(dice, file),
        1 => dice.Chance(0.5) ? [.. file, .. other.AsSpan(0, dice.Next(other.Length + 1))] : file[..dice.Next(file.Length + 1)],
        2 or 3 => MutateData(dice, file),
        4 => MutatePrefix(dice, file),
        5 => [.. file.AsSpan(0, dice.Next(file.Length + 1)), .. other.AsSpan(dice.Next(other.Length + 1))],
        _ => MutateHeader(dice, file),
    };

    private static byte[] MutateBytes(Dice dice, byte[] file)
    {
        if (file.Length == 0)
            return [(byte)dice.Next(256)];
        var (at, count) = (dice.Next(file.Length), 1 + dice.Next(8));
        var end = Math.Min(file.Length, at + count);
        switch (dice.Next(4))
        {
            case 0:
                return [.. file[..at], .. file[end..]];
            case 1:
                return [.. file[..end], .. file[at..]];
            case 2:
                return [.. file[..at], (byte)dice.Next(256), .. file[at..]];
            default:
                var changed = (byte[])file.Clone();
                changed[at] ^= (byte)(1 << dice.Next(8));
                return changed;
        }
    }

    private static byte[] MutatePrefix(Dice dice, byte[] file)
    {
        if (file.Length < PrefixLength)
            return file;
        var changed = (byte[])file.Clone();
        var length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        BinaryPrimitives.WriteUInt64LittleEndian(changed, dice.Next(6) switch
        {
            0 => length + 1,
            1 => length - 1,
            2 => (ulong)(file.Length - PrefixLength),
            3 => ulong.MaxValue - (ulong)dice.Next(16),
            4 => (1UL << 31) - (ulong)dice.Next(16),
            _ => 0,
        });
        return changed;
    }

    private static byte[] MutateData(Dice dice, byte[] file)
    {
        var start = DataStart(file);
        var length = file.Length - start;
        if (length < sizeof(float))
            return file;
        var changed = (byte[])file.Clone();
        var place = changed.AsSpan(start + (dice.Chance(0.8) ? dice.Next(length / sizeof(float)) * sizeof(float) : dice.Next(length - sizeof(float) + 1)));
        BinaryPrimitives.WriteUInt32LittleEndian(place, dice.Chance(0.5) ? dice.Pick(Floats) : (uint)dice.NextSeed());
        return changed;
    }

    /// <summary>Changes the text of the header, and lets its length agree.</summary>
    private static byte[] MutateHeader(Dice dice, byte[] file)
    {
        var start = DataStart(file);
        if (start < PrefixLength)
            return file;
        var text = Encoding.Latin1.GetString(file, PrefixLength, start - PrefixLength);
        text = dice.Next(7) switch
        {
            0 => Replace(dice, text, Number(), _ => dice.Pick(Numbers)),
            1 => Replace(dice, text, Number(), number => Near(dice, number)),
            2 => Replace(dice, text, Quoted(), _ => $"\"{dice.Pick(Strings)}\""),
            3 => Replace(dice, text, Quoted(), quoted => Escape(dice, quoted)),
            4 => text.Insert(dice.Next(text.Length + 1), Latin(dice.Pick(Inserts))),
            5 => Replace(dice, text, Mark(), mark => Latin($"{dice.Pick(Inserts)}{mark}{dice.Pick("", " ", "\n")}")),
            _ => ExchangeEntries(dice, text),
        };
        var header = Encoding.Latin1.GetBytes(text);
        var changed = new byte[PrefixLength + header.Length + file.Length - start];
        BinaryPrimitives.WriteUInt64LittleEndian(changed, (ulong)header.Length);
        header.CopyTo(changed, PrefixLength);
        file.AsSpan(start).CopyTo(changed.AsSpan(PrefixLength + header.Length));
        return changed;
    }

    /// <summary>Replaces one of the matches.</summary>
    private static string Replace(Dice dice, string text, Regex pattern, Func<string, string> change)
    {
        var matches = pattern.Matches(text);
        if (matches.Count == 0)
            return text;
        var match = matches[dice.Next(matches.Count)];
        return $"{text[..match.Index]}{Latin(change(match.Value))}{text[(match.Index + match.Length)..]}";
    }

    private static string Near(Dice dice, string number) => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? (value + dice.Pick(-4, -1, 1, 4, 8)).ToString(CultureInfo.InvariantCulture)
        : number;

    /// <summary>One character written as its number.</summary>
    private static string Escape(Dice dice, string quoted)
    {
        if (quoted.Length <= 2)
            return quoted;
        var at = 1 + dice.Next(quoted.Length - 2);
        return $"{quoted[..at]}\\u{(int)quoted[at]:x4}{quoted[(at + 1)..]}";
    }

    /// <summary>Drops, doubles or moves one tensor's part of the header.</summary>
    private static string ExchangeEntries(Dice dice, string text)
    {
        var entries = Entry().Matches(text).Select(match => match.Value).ToList();
        if (entries.Count == 0)
            return text;
        var chosen = entries[dice.Next(entries.Count)];
        switch (dice.Next(4))
        {
            case 0:
                entries.Remove(chosen);
                break;
            case 1:
                entries.Add(chosen);
                break;
            case 2:
                entries.Remove(chosen);
                entries.Insert(dice.Next(entries.Count + 1), chosen);
                break;
            default:
                entries.Add(chosen.Replace("\":{", "x\":{", StringComparison.Ordinal));
                break;
        }

        return $"{{{string.Join(',', entries)}}}";
    }

    /// <summary>The bytes of UTF-8, each as a character.</summary>
    private static string Latin(string text) => text.All(char.IsAscii) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Where the data begins; 0 if nobody can say.</summary>
    private static int DataStart(byte[] file) =>
        file.Length >= PrefixLength && BinaryPrimitives.ReadUInt64LittleEndian(file) is var length && length <= (ulong)(file.Length - PrefixLength)
            ? PrefixLength + (int)length
            : 0;

    [GeneratedRegex("[0-9]+(?=[,\\]])")]
    private static partial Regex Number();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("[{}\\[\\]:,]")]
    private static partial Regex Mark();

    [GeneratedRegex("\"[^\"]*\":\\{[^}]*\\}")]
    private static partial Regex Entry();
}
