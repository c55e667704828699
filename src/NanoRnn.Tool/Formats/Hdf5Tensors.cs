using NanoRnn.Tool.Graphs;
using PureHDF;

namespace NanoRnn.Tool.Formats;

/// <summary>The tensors of an HDF5 file, and its texts.</summary>
internal sealed class Hdf5Tensors
{
    private const int DeepestGroup = 24;
    private const int MostObjects = 100_000;

    private readonly long _length;
    private int _objects;

    private Hdf5Tensors(long length) => _length = length;

    /// <summary>Datasets by their paths, in the order of the file.</summary>
    public List<FileTensor> Tensors { get; } = [];

    /// <summary>Attributes of groups that are lists of texts, by path and name.</summary>
    public Dictionary<string, string[]> Texts { get; } = new(StringComparer.Ordinal);

    /// <exception cref="ToolException">It is no HDF5 file, or a damaged one.</exception>
    public static Hdf5Tensors Read(byte[] file)
    {
        var result = new Hdf5Tensors(file.Length);
        try
        {
            using var native = H5File.Open(new MemoryStream(file));
            result.Collect(native, "", 0);
        }
        catch (Exception exception) when (exception is not ToolException)
        {
            // The reader of the format has an exception of its own for every way in which a file is damaged.
            throw new ToolException($"expected an HDF5 file, found something else or a damaged one: {exception.Message}", exception);
        }

        return result;
    }

    private void Collect(IH5Group group, string path, int depth)
    {
        if (depth > DeepestGroup || ++_objects > MostObjects)
            throw new ToolException($"expected at most {MostObjects} objects in groups to a depth of {DeepestGroup}, found more.");
        foreach (var name in (string[])["weight_names", "layer_names", "model_config", "keras_version"])
            if (group.AttributeExists(name))
                Texts[$"{path}@{name}"] = ReadTexts(group.Attribute(name));
        foreach (var child in group.Children())
        {
            var full = path.Length == 0 ? child.Name : $"{path}/{child.Name}";
            if (child is IH5Group inner)
                Collect(inner, full, depth + 1);
            else if (child is IH5Dataset dataset && ++_objects < MostObjects)
                Add(dataset, full);
        }
    }

    private void Add(IH5Dataset dataset, string path)
    {
        var dimensions = dataset.Space.Dimensions;
        var count = dimensions.Aggregate(1.0, (product, dimension) => product * dimension);

        // Compressed data may take a thousandth.
        if (count > 1024.0 * _length)
            throw new ToolException($"dataset '{path}': [{string.Join(", ", dimensions)}] is out of proportion to the file.");
        if (dataset.Type.Class != H5DataTypeClass.FloatingPoint || dataset.Space.Type == H5DataspaceType.Null)
            return;
        var shape = Array.ConvertAll(dimensions, dimension => (int)dimension);
        var (values, type) = dataset.Type.Size switch
        {
            8 => (dataset.Read<double[]>(), "F64"),
            4 => (Array.ConvertAll(dataset.Read<float[]>(), value => (double)value), "F32"),
            2 => (Array.ConvertAll(dataset.Read<Half[]>(), value => (double)value), "F16"),
            var size => throw new ToolException($"dataset '{path}': expected floats of 2, 4 or 8 bytes, found {size}."),
        };
        Tensors.Add(new FileTensor(path, type, new Tensor(shape, values), (long)count * dataset.Type.Size));
    }

    /// <summary>Texts; an empty list may be one of numbers.</summary>
    private static string[] ReadTexts(IH5Attribute attribute) => attribute.Type.Class is not (H5DataTypeClass.String or H5DataTypeClass.VariableLength) ? []
        : attribute.Space.Dimensions.Length == 0 ? [attribute.Read<string>()] : attribute.Read<string[]>();
}
