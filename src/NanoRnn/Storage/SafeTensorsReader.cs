using System.Buffers.Binary;
using System.Text.Json;

namespace NanoRnn.Storage;

/// <summary>A tensor's entry in the header of a safetensors file.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Begin">Index in the data of its first byte.</param>
/// <param name="End">Index after its last byte.</param>
internal readonly record struct SafeTensorsEntry(string Name, long[] Shape, long Begin, long End);

/// <summary>
/// Reads the header of a safetensors file (github.com/huggingface/safetensors): eight bytes of header length, a JSON
/// object, the data. Checks all that the format demands, and that every tensor is of type F32.
/// </summary>
internal static class SafeTensorsReader
{
    /// <summary>Bytes in front of the header: its length.</summary>
    public const int PrefixLength = sizeof(ulong);

    private const string MetadataKey = "__metadata__";

    /// <summary>Reads and checks the header.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="dataStart">Index in the file of the first byte of data.</param>
    /// <returns>The tensors in the order of their data.</returns>
    /// <exception cref="ModelFileException">The file is not a valid safetensors file of floats.</exception>
    public static List<SafeTensorsEntry> Read(ReadOnlySpan<byte> file, string source, out int dataStart)
    {
        if (file.Length < PrefixLength)
            throw Error(source, $"expected a header length of {PrefixLength} bytes, found {file.Length} bytes in all; the file is truncated.");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerLength > (ulong)(file.Length - PrefixLength))
        {
            throw Error(source, $"expected a header of {headerLength} bytes, found {file.Length - PrefixLength} bytes after " +
                "the header length; the file is truncated or no safetensors file.");
        }

        dataStart = PrefixLength + (int)headerLength;
        List<SafeTensorsEntry> entries;
        try
        {
            entries = ReadHeader(file[PrefixLength..dataStart], source);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ModelFileException($"{source}: the header is not valid JSON: {exception.Message}", exception);
        }

        CheckOffsets(entries, file.Length - dataStart, source);
        return entries;
    }

    /// <summary>An exception whose message starts with the file.</summary>
    public static ModelFileException Error(string source, string message) => new($"{source}: {message}");

    private static List<SafeTensorsEntry> ReadHeader(ReadOnlySpan<byte> header, string source)
    {
        var reader = new Utf8JsonReader(header);
        Expect(ref reader, JsonTokenType.StartObject, source, "the header");
        var entries = new List<SafeTensorsEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (ReadKey(ref reader, keys, source, "the header") is { } name)
        {
            if (name == MetadataKey)
                ReadMetadata(ref reader, source);
            else
                entries.Add(ReadEntry(ref reader, name, source));
        }

        // Past the object only padding is allowed; the reader throws on anything else.
        reader.Read();
        return entries;
    }

    private static SafeTensorsEntry ReadEntry(ref Utf8JsonReader reader, string name, string source)
    {
        var place = $"tensor '{name}'";
        Expect(ref reader, JsonTokenType.StartObject, source, place);
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (ReadKey(ref reader, keys, source, place) is { } key)
        {
            switch (key)
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String, source, $"{place}, dtype");
                    type = reader.GetString();
                    break;
                case "shape":
                    shape = ReadIntegers(ref reader, source, $"{place}, shape");
                    break;
                case "data_offsets":
                    offsets = ReadIntegers(ref reader, source, $"{place}, data_offsets");
                    break;
                default:
                    throw Error(source, $"{place}: unknown key '{key}'.");
            }
        }

        if (type is null || shape is null || offsets is null)
            throw Error(source, $"{place}: expected dtype, shape and data_offsets; found {(keys.Count == 0 ? "none" : string.Join(", ", keys))}.");
        if (type != "F32")
            throw Error(source, $"{place}: expected dtype F32, found {type}.");
        if (offsets is not [var begin, var end] || end < begin)
            throw Error(source, $"{place}: expected data_offsets [begin, end], found [{string.Join(", ", offsets)}].");
        return new SafeTensorsEntry(name, [.. shape], begin, end);
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, string source)
    {
        Expect(ref reader, JsonTokenType.StartObject, source, MetadataKey);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (ReadKey(ref reader, keys, source, MetadataKey) is { } key)
            Expect(ref reader, JsonTokenType.String, source, $"{MetadataKey}, '{key}'");
    }

    /// <summary>The next key of an object, or null at its end.</summary>
    private static string? ReadKey(ref Utf8JsonReader reader, HashSet<string> keys, string source, string place)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
            return null;
        var key = reader.GetString()!;
        return keys.Add(key) ? key : throw Error(source, $"{place}: duplicate key '{key}'.");
    }

    private static List<long> ReadIntegers(ref Utf8JsonReader reader, string source, string place)
    {
        Expect(ref reader, JsonTokenType.StartArray, source, place);
        var integers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var value) || value < 0)
                throw Error(source, $"{place}: element {integers.Count} is not an integer from 0 to 2⁶³ − 1.");
            integers.Add(value);
        }

        return integers;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string source, string place)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw Error(source, $"{place}: expected JSON {type}, found {reader.TokenType}.");
    }

    private static void CheckOffsets(List<SafeTensorsEntry> entries, long dataLength, string source)
    {
        entries.Sort(static (left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        var position = 0L;
        foreach (var entry in entries)
        {
            var place = $"tensor '{entry.Name}'";
            if (entry.Begin != position)
            {
                throw Error(source, $"{place}: data_offsets begin at {entry.Begin}, expected {position}; " +
                    (entry.Begin < position ? "tensors overlap." : "there is a gap before it."));
            }

            if (entry.End > dataLength)
            {
                throw Error(source, $"{place}: data_offsets end at {entry.End}, but the file has {dataLength} bytes of data; " +
                    "it is truncated or the offset is wrong.");
            }

            if (GetByteCount(entry.Shape) is var size && size != entry.End - entry.Begin)
            {
                throw Error(source, $"{place}: shape [{string.Join(", ", entry.Shape)}] of F32 needs {size} bytes, " +
                    $"data_offsets have {entry.End - entry.Begin}.");
            }

            position = entry.End;
        }

        if (position != dataLength)
            throw Error(source, $"expected {position} bytes of data, found {dataLength}.");
    }

    private static Int128 GetByteCount(long[] shape)
    {
        Int128 size = sizeof(float);
        foreach (var dimension in shape)
        {
            // Once past 2⁶⁴ it is wrong anyway; going on could overflow.
            if (dimension == 0 || size <= ulong.MaxValue)
                size *= dimension;
        }

        return size;
    }
}
