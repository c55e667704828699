using System.Buffers.Binary;

namespace NanoRnn.Storage;

/// <summary>Reads safetensors from a stream that may have no end: the header first, which says how much there is.</summary>
internal static class StreamReading
{
    private const int FirstLength = 1 << 16;

    /// <summary>Reads the header's length and the header.</summary>
    public static SafeTensorsHeader ReadHeader(Stream stream, string source)
    {
        var length = BinaryPrimitives.ReadUInt64LittleEndian(Read(stream, SafeTensorsReader.PrefixLength, source, "header length"));
        SafeTensorsReader.CheckHeaderLength(length, source);
        return SafeTensorsReader.ReadHeader(Read(stream, (int)length, source, "header"), Array.MaxLength, source);
    }

    /// <summary>Reads so many bytes. Memory is taken for what is there, not for what the stream says.</summary>
    public static byte[] Read(Stream stream, int count, string source, string what)
    {
        var bytes = new byte[Math.Min(count, FirstLength)];
        var found = 0;
        while (found < count)
        {
            if (found == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(count, 2L * found));
            found += stream.ReadAtLeast(bytes.AsSpan(found), bytes.Length - found, throwOnEndOfStream: false);
            if (found < bytes.Length)
                throw SafeTensorsReader.Error(source, $"expected {count} bytes of {what}, found {found}; the stream is truncated.");
        }

        return bytes;
    }
}
