using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NanoRnn.Tool.Formats.Hdf5;

/// <summary>The type and shape of a dataset or an attribute, and its values.</summary>
internal sealed class Hdf5Values
{
    private const int MostDimensions = 8;
    private const long DeflateRatio = 1032;

    private readonly Hdf5Bytes _bytes;
    private readonly int _class;
    private readonly bool _isBigEndian;
    private readonly bool _isText;

    /// <param name="bytes">The file.</param>
    /// <param name="type">Where its type is.</param>
    /// <param name="space">Where its dimensions are.</param>
    public Hdf5Values(Hdf5Bytes bytes, long type, long space)
    {
        _bytes = bytes;
        _class = (int)bytes.Number(type, 1) & 0xf;
        var bits = bytes.Number(type + 1, 3);
        (_isBigEndian, _isText, ElementSize) = ((bits & 1) != 0, _class == 3 || _class == 9 && (bits & 0xf) == 1, (int)Math.Min(int.MaxValue, bytes.Number(type + 4, 4)));
        var (version, rank) = ((int)bytes.Number(space, 1), (int)bytes.Number(space + 1, 1));
        if (version is not (1 or 2) || rank > MostDimensions)
            throw Hdf5Bytes.Damaged($"at most {MostDimensions} dimensions, found {rank} of version {version}");
        IsEmpty = version == 2 && bytes.Number(space + 3, 1) == 2;
        var place = space + (version == 1 ? 8 : 4);
        Shape = [.. Enumerable.Range(0, rank).Select(i => bytes.Size(place + i * bytes.LengthSize)).Select(size => size is >= 0 and <= int.MaxValue ? (int)size : throw Hdf5Bytes.Damaged($"dimensions of an array, found {size}"))];
    }

    public int[] Shape { get; }

    public int ElementSize { get; }

    public bool IsEmpty { get; }

    public bool IsReal => _class == 1 && ElementSize is 2 or 4 or 8;

    public bool IsText => _isText;

    public long Count => Graphs.Tensor.CountOf(Shape);

    /// <summary>Numbers of an array.</summary>
    public double[] Real(ReadOnlySpan<byte> data)
    {
        var values = new double[data.Length / ElementSize];
        for (var i = 0; i < values.Length; i++)
        {
            var element = data.Slice(i * ElementSize, ElementSize);
            values[i] = (ElementSize, _isBigEndian) switch
            {
                (2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(element), (2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(element),
                (4, false) => BinaryPrimitives.ReadSingleLittleEndian(element), (4, true) => BinaryPrimitives.ReadSingleBigEndian(element),
                (_, false) => BinaryPrimitives.ReadDoubleLittleEndian(element), _ => BinaryPrimitives.ReadDoubleBigEndian(element),
            };
        }

        return values;
    }

    /// <summary>Texts that begin at a place: they themselves, or where they are.</summary>
    public string[] Texts(long place)
    {
        var size = _class == 9 ? 8 + _bytes.OffsetSize : ElementSize;
        if (Count > _bytes.Length || size == 0)
            throw Hdf5Bytes.Damaged($"texts of the file, found {Count}");
        _bytes.Span(place, Count * size);
        return [.. Enumerable.Range(0, (int)Count).Select(i => place + (long)i * size).Select(start => _class == 9 ? Elsewhere(start) : _bytes.Text(start, start + size))];
    }

    /// <summary>The bytes of a dataset.</summary>
    public byte[] Data(Hdf5Object dataset)
    {
        var layout = dataset.Find(Hdf5MessageType.Layout)!.Value.Start;
        var (version, length) = ((int)_bytes.Number(layout, 1), Count * ElementSize);
        if (Count > DeflateRatio * _bytes.Length || length > DeflateRatio * _bytes.Length || length > int.MaxValue)
            throw Hdf5Bytes.Damaged($"an array in proportion to the file, found [{string.Join(", ", Shape)}]");
        if (version is < 3 or > 4)
            throw new ToolException($"expected arrays of the format's version 1.6 or later, found layout {version}. Save the file again.");
        switch (_bytes.Number(layout + 1, 1))
        {
            case 0:
                return _bytes.Number(layout + 2, 2) >= length ? _bytes.Span(layout + 4, length).ToArray() : throw Hdf5Bytes.Damaged($"{length} bytes of an array, found fewer");
            case 1:
                var place = _bytes.Offset(layout + 2);
                return place == Hdf5Bytes.Undefined ? new byte[length] : _bytes.Span(place, length).ToArray();
            case 2 when version == 3:
                var rank = (int)_bytes.Number(layout + 2, 1) - 1;
                if (rank != Shape.Length)
                    throw Hdf5Bytes.Damaged($"chunks of {Shape.Length} dimensions, found {rank}");
                int[] chunk = [.. Enumerable.Range(0, rank).Select(i => (int)Math.Clamp(_bytes.Number(layout + 3 + _bytes.OffsetSize + 4 * i, 4), 1, int.MaxValue))];
                var result = new byte[length];
                ReadChunks(result, _bytes.Offset(layout + 3), chunk, [.. Filters(dataset)], level: null);
                return result;
            default:
                throw new ToolException("expected arrays in one piece or in chunks of the format's earliest version, found others. Save the file with the earliest one (h5py's default).");
        }
    }

    /// <summary>The text at an entry of the global heap.</summary>
    private string Elsewhere(long place)
    {
        var (length, heap, index) = (_bytes.Number(place, 4), _bytes.Offset(place + 4), _bytes.Number(place + 4 + _bytes.OffsetSize, 4));
        if (length == 0 || heap <= 0)
            return "";
        _bytes.Expect(heap, "GCOL"u8);
        var end = heap + _bytes.Size(heap + 8);
        for (var entry = heap + 8 + _bytes.LengthSize; entry + 8 + _bytes.LengthSize <= end;)
        {
            var size = _bytes.Size(entry + 8);
            if (size < 0 || size > _bytes.Length)
                break;
            if (_bytes.Number(entry, 2) == index)
                return Encoding.UTF8.GetString(_bytes.Span(entry + 8 + _bytes.LengthSize, Math.Min(length, size)));
            entry += 8 + _bytes.LengthSize + (size + 7) / 8 * 8;
        }

        throw Hdf5Bytes.Damaged($"a text {index} in the heap at {heap}, found none");
    }

    private IEnumerable<int> Filters(Hdf5Object dataset)
    {
        if (dataset.Find(Hdf5MessageType.Filters) is not { } message)
            yield break;
        var isFirst = _bytes.Number(message.Start, 1) == 1;
        var place = message.Start + (isFirst ? 8 : 2);
        for (var i = 0; i < _bytes.Number(message.Start + 1, 1); i++)
        {
            var filter = (int)_bytes.Number(place, 2);
            if (filter is not (1 or 2))
                throw new ToolException($"expected arrays compressed by deflate, found filter {filter}. Save the file without compression.");
            yield return filter;
            var name = isFirst ? _bytes.Number(place + 2, 2) : 0;
            var values = _bytes.Number(place + (isFirst ? 6 : 4), 2);
            place += (isFirst ? 8 + (name + 7) / 8 * 8 + values % 2 * 4 : 6) + 4 * values;
        }
    }

    private void ReadChunks(byte[] result, long tree, int[] chunk, int[] filters, long? level)
    {
        if (tree == Hdf5Bytes.Undefined)
            return;
        _bytes.Expect(tree, "TREE"u8);
        var (own, rank) = (_bytes.Number(tree + 5, 1), Shape.Length);
        if (_bytes.Number(tree + 4, 1) != 1 || level is not null && own != level - 1)
            throw Hdf5Bytes.Damaged($"a tree of chunks at {tree}, found another one");
        var key = 8 + 8 * (rank + 1);
        for (var i = 0; i < _bytes.Number(tree + 6, 2); i++)
        {
            var place = tree + 8 + 2 * _bytes.OffsetSize + i * (key + _bytes.OffsetSize);
            var child = _bytes.Offset(place + key);
            if (own > 0)
                ReadChunks(result, child, chunk, filters, own);
            else
                CopyChunk(result, Unfiltered(_bytes.Span(child, _bytes.Number(place, 4)).ToArray(), chunk, filters), chunk, [.. Enumerable.Range(0, rank).Select(axis => _bytes.Number(place + 8 + 8 * axis, 8))]);
        }
    }

    private byte[] Unfiltered(byte[] data, int[] chunk, int[] filters)
    {
        var length = Graphs.Tensor.CountOf(chunk) * ElementSize;
        if (length > DeflateRatio * _bytes.Length || length > int.MaxValue || length < 0)
            throw Hdf5Bytes.Damaged($"chunks in proportion to the file, found [{string.Join(", ", chunk)}]");
        foreach (var filter in filters.Reverse())
            data = filter == 1 ? Inflated(data, (int)length) : Unshuffled(data);
        return data.Length >= length ? data : throw Hdf5Bytes.Damaged($"{length} bytes of a chunk, found {data.Length}");
    }

    private static byte[] Inflated(byte[] data, int length)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
            var result = new byte[length];
            stream.ReadExactly(result);
            return result;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new ToolException($"expected compressed data, found damaged ones: {exception.Message}", exception);
        }
    }

    /// <summary>Bytes that lie first ones first, then second ones, as elements again.</summary>
    private byte[] Unshuffled(byte[] data)
    {
        var count = data.Length / ElementSize;
        return [.. Enumerable.Range(0, count * ElementSize).Select(i => data[i % ElementSize * count + i / ElementSize])];
    }

    private void CopyChunk(byte[] result, byte[] data, int[] chunk, long[] start)
    {
        if (start.Where((place, axis) => place < 0 || place >= Shape[axis]).Any())
            throw Hdf5Bytes.Damaged($"a chunk in [{string.Join(", ", Shape)}], found one at [{string.Join(", ", start)}]");
        for (var i = 0L; i < Graphs.Tensor.CountOf(chunk); i++)
        {
            var (target, rest, scale, isInside) = (0L, i, 1L, true);
            for (var axis = chunk.Length - 1; axis >= 0; axis--)
            {
                var place = start[axis] + rest % chunk[axis];
                isInside &= place < Shape[axis];
                target += place * scale;
                scale *= Shape[axis];
                rest /= chunk[axis];
            }

            if (isInside)
                data.AsSpan((int)(i * ElementSize), ElementSize).CopyTo(result.AsSpan((int)(target * ElementSize)));
        }
    }
}
