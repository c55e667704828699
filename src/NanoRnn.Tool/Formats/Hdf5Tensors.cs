using NanoRnn.Tool.Formats.Hdf5;
using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Formats;

/// <summary>
/// The tensors of an HDF5 file, and its texts: of what the format has, that which Keras writes. A reader of all of it trusts links and sizes, which a
/// damaged file turns against it.
/// </summary>
internal sealed class Hdf5Tensors
{
    private const int DeepestGroup = 24;
    private const int MostObjects = 100_000;

    private readonly Hdf5Bytes _bytes;
    private long _left;
    private int _objects;

    private Hdf5Tensors(byte[] file) => (_bytes, _left) = (new Hdf5Bytes(file), (1 << 20) + 1024L * file.Length);

    /// <summary>Datasets by their paths, in the order of the file.</summary>
    public List<FileTensor> Tensors { get; } = [];

    /// <summary>Attributes of groups that are lists of texts, by path and name.</summary>
    public Dictionary<string, string[]> Texts { get; } = new(StringComparer.Ordinal);

    /// <exception cref="ToolException">It is no HDF5 file, or a damaged one.</exception>
    public static Hdf5Tensors Read(byte[] file)
    {
        var result = new Hdf5Tensors(file);
        try
        {
            result.Collect(new Hdf5Object(result._bytes, result.Root()), "", 0);
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw new ToolException("expected an HDF5 file, found a damaged one: its header goes on in itself.", exception);
        }

        return result;
    }

    /// <summary>Where the header of the outermost group is.</summary>
    private long Root()
    {
        _bytes.Expect(0, [0x89, .. "HDF\r\n\u001a\n"u8]);
        var version = _bytes.Number(8, 1);
        var (offset, length) = version <= 1 ? (_bytes.Number(13, 1), _bytes.Number(14, 1)) : (_bytes.Number(9, 1), _bytes.Number(10, 1));
        if (version > 3 || offset is not (4 or 8) || length is not (4 or 8))
            throw Hdf5Bytes.Damaged($"a version from 0 to 3 with addresses of 4 or 8 bytes, found version {version} with {offset} and {length}");
        (_bytes.OffsetSize, _bytes.LengthSize) = ((int)offset, (int)length);

        // Behind four addresses, and in early versions behind the first of an entry.
        return version switch { 0 => _bytes.Offset(24 + 5 * offset), 1 => _bytes.Offset(28 + 5 * offset), _ => _bytes.Offset(12 + 3 * offset) };
    }

    private void Collect(Hdf5Object group, string path, int depth)
    {
        if (depth > DeepestGroup)
            throw new ToolException($"expected groups to a depth of {DeepestGroup}, found more.");
        foreach (var attribute in group.All(Hdf5MessageType.Attribute))
            ReadAttribute(attribute, path);
        foreach (var (name, place) in group.Children())
        {
            if (++_objects > MostObjects)
                throw new ToolException($"expected at most {MostObjects} objects, found more.");
            var child = new Hdf5Object(_bytes, place);
            var full = path.Length == 0 ? name : $"{path}/{name}";
            if (child.IsDataset)
                Add(child, full);
            else
                Collect(child, full, depth + 1);
        }
    }

    private void Add(Hdf5Object dataset, string path)
    {
        if (dataset.Find(Hdf5MessageType.Datatype) is not { } type || dataset.Find(Hdf5MessageType.Dataspace) is not { } space)
            throw new ToolException($"dataset '{path}': expected a type and dimensions, found none.");
        var values = new Hdf5Values(_bytes, type.Start, space.Start);
        if (!values.IsReal || values.IsEmpty)
            return;
        if ((_left -= values.Count) < 0)
            throw new ToolException($"dataset '{path}': {Tensor.Describe(values.Shape)} is out of proportion to the file.");
        var data = values.Data(dataset);
        Tensors.Add(new FileTensor(path, values.ElementSize switch { 8 => "F64", 4 => "F32", _ => "F16" }, new Tensor(values.Shape, values.Real(data)), data.Length));
    }

    private void ReadAttribute(Hdf5Message message, string path)
    {
        var version = _bytes.Number(message.Start, 1);
        if (version is < 1 or > 3)
            throw Hdf5Bytes.Damaged($"an attribute of version 1 to 3, found {version}");
        var (name, type, space) = (_bytes.Number(message.Start + 2, 2), _bytes.Number(message.Start + 4, 2), _bytes.Number(message.Start + 6, 2));
        var place = message.Start + (version == 3 ? 9 : 8);
        var text = _bytes.Text(place, place + name);
        if (text is not ("weight_names" or "layer_names" or "model_config" or "keras_version"))
            return;

        // The first version fills up to eight bytes.
        var (typePlace, spacePlace) = (place + Filled(name), place + Filled(name) + Filled(type));
        var values = new Hdf5Values(_bytes, typePlace, spacePlace);

        // An empty list may be one of numbers.
        Texts[$"{path}@{text}"] = values.IsText && !values.IsEmpty ? values.Texts(spacePlace + Filled(space)) : [];

        long Filled(long size) => version == 1 ? (size + 7) / 8 * 8 : size;
    }
}
