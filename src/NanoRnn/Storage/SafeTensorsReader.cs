using System.Buffers.Binary;
using NanoRnn.CompilerServices;

namespace NanoRnn.Storage;

/// <summary>
/// Reads the header of a safetensors file (github.com/huggingface/safetensors): eight bytes of header length, a JSON
/// object, the data. Checks all that the format demands.
/// </summary>
/// <remarks>The compiler reads weights with it too, so it compiles for netstandard2.0.</remarks>
internal static class SafeTensorsReader
{
    /// <summary>Bytes in front of the header: its length.</summary>
    public const int PrefixLength = sizeof(ulong);

    /// <summary>Bytes that a header may have, as the format says.</summary>
    public const int MaxHeaderLength = 100_000_000;

    private const string MetadataKey = "__metadata__";

    /// <summary>Reads and checks a file's header.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="dataStart">Index in the file of the first byte of data.</param>
    /// <exception cref="ModelFileException">The file is not a valid safetensors file.</exception>
    public static SafeTensorsHeader Read(ReadOnlySpan<byte> file, string source, out int dataStart)
    {
        if (file.Length < PrefixLength)
            throw Error(source, $"expected a header length of {PrefixLength} bytes, found {file.Length} bytes in all; the file is truncated.");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerLength > (ulong)(file.Length - PrefixLength))
        {
            throw Error(source, $"expected a header of {headerLength} bytes, found {file.Length - PrefixLength} bytes after " +
                "the header length; the file is truncated or no safetensors file.");
        }

        CheckHeaderLength(headerLength, source);
        dataStart = PrefixLength + (int)headerLength;
        var dataLength = file.Length - dataStart;
        var header = ReadHeader(file.Slice(PrefixLength, (int)headerLength), dataLength, source);
        return header.DataLength == dataLength ? header
            : throw Error(source, $"expected {header.DataLength} bytes of data, found {dataLength}.");
    }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="header">What follows its length.</param>
    /// <param name="dataLength">Bytes that follow it, at most.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <exception cref="ModelFileException">It is not the header of a safetensors file.</exception>
    public static SafeTensorsHeader ReadHeader(ReadOnlySpan<byte> header, long dataLength, string source)
    {
        try
        {
            var read = ReadHeader(header, source);
            CheckOffsets(read.Tensors, dataLength, source);
            return read;
        }
        catch (FormatException exception)
        {
            throw new ModelFileException($"{source}: the header is not valid JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Refuses a header that is longer than the format allows.</summary>
    public static void CheckHeaderLength(ulong length, string source)
    {
        if (length > MaxHeaderLength)
            throw Error(source, $"expected a header of at most {MaxHeaderLength} bytes, found a length of {length}; it is no safetensors file.");
    }

    /// <summary>An exception whose message starts with the file.</summary>
    public static ModelFileException Error(string source, string message) => new($"{source}: {message}");

    private static SafeTensorsHeader ReadHeader(ReadOnlySpan<byte> header, string source)
    {
        var scanner = new JsonScanner(header);
        Start(ref scanner, JsonToken.StartObject, source, "the header");
        var entries = new List<SafeTensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (ReadKey(ref scanner, keys, source, "the header") is { } name)
        {
            if (name == MetadataKey)
                ReadMetadata(ref scanner, metadata, source);
            else
                entries.Add(ReadEntry(ref scanner, name, source));
        }

        scanner.End();
        return new SafeTensorsHeader(entries, metadata);
    }

    private static SafeTensorsEntry ReadEntry(ref JsonScanner scanner, string name, string source)
    {
        var place = $"tensor '{FileText.Escape(name)}'";
        Start(ref scanner, JsonToken.StartObject, source, place);
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (ReadKey(ref scanner, keys, source, place) is { } key)
        {
            switch (key)
            {
                case "dtype":
                    type = ReadString(ref scanner, source, $"{place}, dtype");
                    break;
                case "shape":
                    shape = ReadIntegers(ref scanner, source, $"{place}, shape");
                    break;
                case "data_offsets":
                    offsets = ReadIntegers(ref scanner, source, $"{place}, data_offsets");
                    break;
                default:
                    throw Error(source, $"{place}: unknown key '{FileText.Escape(key)}'.");
            }
        }

        if (type is null || shape is null || offsets is null)
            throw Error(source, $"{place}: expected dtype, shape and data_offsets; found {(keys.Count == 0 ? "none" : string.Join(", ", keys))}.");
        var typeIndex = Array.IndexOf(Elements.TypeNames, type);
        if (typeIndex < 0)
            throw Error(source, $"{place}: expected one of the dtypes {string.Join(", ", Elements.TypeNames)}, found {FileText.Escape(type)}.");
        if (offsets.Count != 2 || offsets[1] < offsets[0])
            throw Error(source, $"{place}: expected data_offsets [begin, end], found [{FileText.List(offsets.ToArray())}].");
        return new SafeTensorsEntry(name, (ElementType)typeIndex, [.. shape], offsets[0], offsets[1]);
    }

    private static void ReadMetadata(ref JsonScanner scanner, Dictionary<string, string> metadata, string source)
    {
        Start(ref scanner, JsonToken.StartObject, source, MetadataKey);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (ReadKey(ref scanner, keys, source, MetadataKey) is { } key)
            metadata.Add(key, ReadString(ref scanner, source, $"{MetadataKey}, '{FileText.Escape(key)}'"));
    }

    /// <summary>The next key of an object, or null at its end.</summary>
    private static string? ReadKey(ref JsonScanner scanner, HashSet<string> keys, string source, string place)
    {
        var key = scanner.ReadKey(isFirst: keys.Count == 0);
        return key is null || keys.Add(key) ? key : throw Error(source, $"{place}: duplicate key '{FileText.Escape(key)}'.");
    }

    private static List<long> ReadIntegers(ref JsonScanner scanner, string source, string place)
    {
        Start(ref scanner, JsonToken.StartArray, source, place);
        var integers = new List<long>();
        while (scanner.MoveToElement(isFirst: integers.Count == 0))
        {
            if (!scanner.TryReadInteger(out var value))
                throw Error(source, $"{place}: element {integers.Count} is not an integer from 0 to 2⁶³ − 1.");
            integers.Add(value);
        }

        return integers;
    }

    private static string ReadString(ref JsonScanner scanner, string source, string place)
    {
        Expect(ref scanner, JsonToken.String, source, place);
        return scanner.ReadString();
    }

    private static void Start(ref JsonScanner scanner, JsonToken token, string source, string place)
    {
        Expect(ref scanner, token, source, place);
        scanner.Start();
    }

    private static void Expect(ref JsonScanner scanner, JsonToken token, string source, string place)
    {
        if (scanner.Peek() is var found && found != token)
            throw Error(source, $"{place}: expected JSON {token}, found {found}.");
    }

    private static void CheckOffsets(List<SafeTensorsEntry> entries, long dataLength, string source)
    {
        entries.Sort(static (left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        var position = 0L;
        foreach (var entry in entries)
        {
            var place = $"tensor '{FileText.Escape(entry.Name)}'";
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

            if (GetByteCount(entry) is var size && size != entry.End - entry.Begin)
            {
                throw Error(source, $"{place}: shape [{FileText.List(entry.Shape)}] of {Elements.NameOf(entry.Type)} needs " +
                    $"{(size is null ? "more than 2⁶³ − 1" : size)} bytes, data_offsets have {entry.End - entry.Begin}.");
            }

            position = entry.End;
        }
    }

    /// <summary>Bytes that a tensor of this shape takes; null for more than any file has.</summary>
    private static long? GetByteCount(SafeTensorsEntry entry)
    {
        if (Array.IndexOf(entry.Shape, 0) >= 0)
            return 0;
        long size = Elements.SizeOf(entry.Type);
        foreach (var dimension in entry.Shape)
        {
            if (size > long.MaxValue / dimension)
                return null;
            size *= dimension;
        }

        return size;
    }
}
