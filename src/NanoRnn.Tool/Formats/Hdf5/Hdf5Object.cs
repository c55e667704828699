namespace NanoRnn.Tool.Formats.Hdf5;

/// <summary>A group or a dataset: the messages of its header.</summary>
internal sealed class Hdf5Object
{
    private const int MostMessages = 10_000;
    private const int SharedFlag = 2;

    private readonly Hdf5Bytes _bytes;
    private readonly List<Hdf5Message> _messages = [];
    private int _count;

    /// <param name="bytes">The file.</param>
    /// <param name="place">Where the header is.</param>
    public Hdf5Object(Hdf5Bytes bytes, long place)
    {
        _bytes = bytes;
        if (bytes.Has(place, "OHDR"u8))
        {
            var flags = (int)bytes.Number(place + 5, 1);
            var start = place + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
            var width = 1 << (flags & 3);
            ReadSecond(start + width, bytes.Number(start, width), (flags & 4) != 0);
        }
        else if (bytes.Number(place, 1) == 1)
            ReadFirst(place + 16, bytes.Number(place + 8, 4));
        else
            throw Hdf5Bytes.Damaged($"the header of an object at {place}, found something else");
    }

    public IEnumerable<Hdf5Message> All(Hdf5MessageType type) => _messages.Where(message => message.Type == type);

    public Hdf5Message? Find(Hdf5MessageType type) => All(type).Select(message => (Hdf5Message?)message).FirstOrDefault();

    public bool IsDataset => Find(Hdf5MessageType.Layout) is not null;

    /// <summary>The objects of a group by name, with the places of their headers.</summary>
    public IEnumerable<(string Name, long Place)> Children()
    {
        foreach (var message in All(Hdf5MessageType.LinkInfo))
            if (_bytes.Offset(message.Start + 2 + ((_bytes.Number(message.Start + 1, 1) & 1) != 0 ? 8 : 0)) != Hdf5Bytes.Undefined)
                throw new ToolException("expected groups with symbol tables or a few links, found one of the format's latest version. Save the file with the earliest one (h5py's default).");
        foreach (var message in All(Hdf5MessageType.Link))
            yield return Link(message);
        foreach (var message in All(Hdf5MessageType.SymbolTable))
            foreach (var child in Symbols(_bytes.Offset(message.Start), _bytes.Offset(message.Start + _bytes.OffsetSize), level: null))
                yield return child;
    }

    private void ReadFirst(long start, long length)
    {
        for (var place = start; place + 8 <= start + length;)
        {
            var size = _bytes.Number(place + 2, 2);
            Add((int)_bytes.Number(place, 2), (int)_bytes.Number(place + 4, 1), place + 8, size, message => ReadFirst(_bytes.Offset(message.Start), _bytes.Size(message.Start + _bytes.OffsetSize)));
            place += 8 + size;
        }
    }

    private void ReadSecond(long start, long length, bool hasOrder)
    {
        var header = hasOrder ? 6 : 4;
        for (var place = start; place + header <= start + length;)
        {
            var size = _bytes.Number(place + 1, 2);
            Add((int)_bytes.Number(place, 1), (int)_bytes.Number(place + 3, 1), place + header, size, message =>
            {
                var block = _bytes.Offset(message.Start);
                _bytes.Expect(block, "OCHK"u8);
                ReadSecond(block + 4, _bytes.Size(message.Start + _bytes.OffsetSize) - 8, hasOrder);
            });
            place += header + size;
        }
    }

    private void Add(int type, int flags, long start, long length, Action<Hdf5Message> readOn)
    {
        if (++_count > MostMessages)
            throw Hdf5Bytes.Damaged($"at most {MostMessages} messages of an object, found more");
        var message = new Hdf5Message((Hdf5MessageType)type, start, length);
        if (message.Type == Hdf5MessageType.Continuation)
        {
            // Each continuation costs a message, so they come to an end; one in another is as deep as they are many.
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            readOn(message);
        }
        else if (Enum.IsDefined(message.Type))
        {
            _bytes.Span(start, length);
            _messages.Add((flags & SharedFlag) == 0 ? message
                : throw new ToolException("expected an HDF5 file whose objects have their types by themselves, found one with named types."));
        }
    }

    private (string, long) Link(Hdf5Message message)
    {
        var flags = (int)_bytes.Number(message.Start + 1, 1);
        var place = message.Start + 2;
        if ((flags & 8) != 0 && _bytes.Number(place++, 1) != 0)
            throw new ToolException("expected groups that hold their objects, found a link to another place.");
        place += ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0);
        var width = 1 << (flags & 3);
        var length = _bytes.Number(place, width);
        return (_bytes.Text(place + width, place + width + length), _bytes.Offset(place + width + length));
    }

    /// <summary>The entries of a tree of symbol tables, whose names are in a heap.</summary>
    private List<(string, long)> Symbols(long tree, long heap, long? level)
    {
        _bytes.Expect(tree, "TREE"u8);
        _bytes.Expect(heap, "HEAP"u8);
        var (own, count) = (_bytes.Number(tree + 5, 1), _bytes.Number(tree + 6, 2));
        if (_bytes.Number(tree + 4, 1) != 0 || level is not null && own != level - 1)
            throw Hdf5Bytes.Damaged($"a tree of groups at {tree}, found another one");
        var names = _bytes.Offset(heap + 8 + 2 * _bytes.LengthSize);
        var (end, result) = (names + _bytes.Size(heap + 8), new List<(string, long)>());
        for (var i = 0; i < count; i++)
        {
            var child = _bytes.Offset(tree + 8 + 2 * _bytes.OffsetSize + i * (_bytes.OffsetSize + _bytes.LengthSize) + _bytes.LengthSize);
            if (own > 0)
            {
                result.AddRange(Symbols(child, heap, own));
                continue;
            }

            _bytes.Expect(child, "SNOD"u8);
            var entry = 2 * _bytes.OffsetSize + 24;
            for (var symbol = 0; symbol < _bytes.Number(child + 6, 2); symbol++)
            {
                var place = child + 8 + symbol * entry;
                if (_bytes.Number(place + 2 * _bytes.OffsetSize, 4) == 2)
                    throw new ToolException("expected groups that hold their objects, found a link to another place.");
                result.Add((_bytes.Text(names + _bytes.Offset(place), end), _bytes.Offset(place + _bytes.OffsetSize)));
                if (result.Count > MostMessages)
                    throw Hdf5Bytes.Damaged($"at most {MostMessages} objects in a group, found more");
            }
        }

        return result;
    }
}
