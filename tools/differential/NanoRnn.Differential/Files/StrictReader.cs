using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NanoRnn.Differential.Files;

/// <summary>
/// Reads safetensors files by what their description demands and nothing else, over System.Text.Json: shares nothing with the library.
/// </summary>
internal static class StrictReader
{
    private const int PrefixLength = sizeof(ulong);

    private static readonly Dictionary<string, int> ElementSizes = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["F8_E4M3"] = 1, ["F8_E5M2"] = 1, ["I16"] = 2, ["U16"] = 2, ["F16"] = 2, ["BF16"] = 2,
        ["I32"] = 4, ["U32"] = 4, ["F32"] = 4, ["I64"] = 8, ["U64"] = 8, ["F64"] = 8,
    };

    /// <summary>The tensors by name, or null if the file is not valid.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="description">What a file of the library's own says of its layers.</param>
    public static Dictionary<string, StoredTensor>? Read(ReadOnlySpan<byte> file, out string? description)
    {
        description = null;
        if (file.Length < PrefixLength)
            return null;
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerLength > (ulong)(file.Length - PrefixLength))
            return null;
        var header = file.Slice(PrefixLength, (int)headerLength);
        if (header.IsEmpty)
            return null;
        try
        {
            var reader = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 8 });
            var entries = ReadEntries(ref reader, out description);
            return reader.Read() ? null : Cut(entries, file[(PrefixLength + header.Length)..]);
        }

        // Utf8JsonReader says so of strings that are not UTF-8, or have halves of surrogate pairs.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static List<(string Name, string Type, long[] Shape, long Begin, long End)> ReadEntries(ref Utf8JsonReader reader, out string? description)
    {
        description = null;
        var entries = new List<(string, string, long[], long, long)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadKey(ref reader, names) is { } name)
        {
            if (name == "__metadata__")
                description = ReadMetadata(ref reader);
            else
                entries.Add(ReadEntry(ref reader, name));
        }

        return entries;
    }

    private static string? ReadMetadata(ref Utf8JsonReader reader)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadKey(ref reader, keys) is { } key)
        {
            Expect(ref reader, JsonTokenType.String);
            values.Add(key, reader.GetString()!);
        }

        return values.GetValueOrDefault("format") == "nanornn" ? values.GetValueOrDefault("layers") : null;
    }

    private static (string Name, string Type, long[] Shape, long Begin, long End) ReadEntry(ref Utf8JsonReader reader, string name)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var (type, shape, offsets) = ("", Array.Empty<long>(), Array.Empty<long>());
        Expect(ref reader, JsonTokenType.StartObject);
        while (ReadKey(ref reader, keys) is { } key)
        {
            switch (key)
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String);
                    type = reader.GetString()!;
                    break;
                case "shape":
                    shape = ReadIntegers(ref reader);
                    break;
                case "data_offsets":
                    offsets = ReadIntegers(ref reader);
                    break;
                default:
                    throw new FormatException();
            }
        }

        return keys.Count == 3 && offsets.Length == 2 && ElementSizes.ContainsKey(type)
            ? (name, type, shape, offsets[0], offsets[1])
            : throw new FormatException();
    }

    private static long[] ReadIntegers(ref Utf8JsonReader reader)
    {
        var integers = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var text = reader.TokenType == JsonTokenType.Number ? Encoding.ASCII.GetString(reader.ValueSpan) : "";
            integers.Add(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException());
        }

        return [.. integers];
    }

    private static string? ReadKey(ref Utf8JsonReader reader, HashSet<string> keys)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
            return null;
        return reader.TokenType == JsonTokenType.PropertyName && keys.Add(reader.GetString()!) ? reader.GetString() : throw new FormatException();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
            throw new FormatException();
    }

    /// <summary>The tensors' data, if they cover all of it without gap and overlap.</summary>
    private static Dictionary<string, StoredTensor>? Cut(
        List<(string Name, string Type, long[] Shape, long Begin, long End)> entries, ReadOnlySpan<byte> data)
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        var position = 0L;
        foreach (var (name, type, shape, begin, end) in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            var size = shape.Aggregate((Int128)ElementSizes[type], (product, length) => Int128.Min(product * length, long.MaxValue));
            if (shape.Contains(0))
                size = 0;
            if (begin != position || end < begin || end > data.Length || end - begin != size)
                return null;
            tensors.Add(name, new(type, shape, data[(int)begin..(int)end].ToArray()));
            position = end;
        }

        return position == data.Length ? tensors : null;
    }
}
