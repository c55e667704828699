using System.Text;

namespace NanoRnn.Tool.Formats.Hdf5;

/// <summary>The bytes of an HDF5 file, which nobody reads beyond their end.</summary>
/// <param name="file">The bytes.</param>
internal sealed class Hdf5Bytes(byte[] file)
{
    public const long Undefined = -1;

    /// <summary>Bytes of an address.</summary>
    public int OffsetSize { get; set; } = 8;

    /// <summary>Bytes of a length.</summary>
    public int LengthSize { get; set; } = 8;

    public long Length => file.Length;

    /// <exception cref="ToolException">The file ends before.</exception>
    public ReadOnlySpan<byte> Span(long place, long count) => place >= 0 && count >= 0 && place <= file.Length - count ? file.AsSpan((int)place, (int)count)
        : throw Damaged($"{count} bytes at {place}, found a file of {file.Length}");

    /// <summary>A number without sign, from its lowest byte on.</summary>
    public long Number(long place, int size)
    {
        var value = 0UL;
        var bytes = Span(place, size);
        for (var i = size - 1; i >= 0; i--)
            value = value << 8 | bytes[i];
        return (long)value;
    }

    /// <summary>An address, or <see cref="Undefined"/>.</summary>
    public long Offset(long place) => Span(place, OffsetSize).ContainsAnyExcept((byte)0xff) ? Number(place, OffsetSize) : Undefined;

    /// <summary>A length in bytes or elements.</summary>
    public long Size(long place) => Number(place, LengthSize);

    public bool Has(long place, ReadOnlySpan<byte> signature) => Span(place, signature.Length).SequenceEqual(signature);

    /// <summary>Throws unless a structure begins as it has to.</summary>
    public void Expect(long place, ReadOnlySpan<byte> signature)
    {
        if (!Has(place, signature))
            throw Damaged($"'{Encoding.ASCII.GetString(signature)}' at {place}, found something else");
    }

    /// <summary>A text that ends with a zero, or with the place that is given.</summary>
    public string Text(long place, long end)
    {
        var bytes = Span(place, end - place);
        var length = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(length < 0 ? bytes : bytes[..length]);
    }

    public static ToolException Damaged(string what) => new($"expected an HDF5 file, found a damaged one: {what}.");
}
