using System.IO.Compression;
using System.Text;
using PureHDF;

namespace NanoRnn.Tool.Tests.Infrastructure;

/// <summary>A small file of Keras 3: a functional model, its weights sines of their places.</summary>
internal static class KerasFiles
{
    public const int Features = 2;

    /// <summary>The layers that have weights, as a line says them.</summary>
    public const string Line = "conv1d 3 3 causal from:conv1d, p_relu from:p_re_lu, dense 1 from:dense";

    public const string Configuration = """
        {"class_name": "Functional", "config": {"name": "model", "layers": [
        {"class_name": "InputLayer", "name": "x", "config": {"batch_shape": [null, null, 2], "name": "x"}, "inbound_nodes": []},
        {"class_name": "Conv1D", "name": "conv1d", "config": {"name": "conv1d", "filters": 3, "kernel_size": [3], "strides": [2], "padding": "same", "activation": "relu"}, "inbound_nodes": [[["x", 0, 0, {}]]]},
        {"class_name": "BatchNormalization", "name": "bn", "config": {"name": "bn", "epsilon": 0.001}, "inbound_nodes": [[["conv1d", 0, 0, {}]]]},
        {"class_name": "AveragePooling1D", "name": "pool", "config": {"name": "pool", "pool_size": [2], "strides": [1], "padding": "same"}, "inbound_nodes": [[["bn", 0, 0, {}]]]},
        {"class_name": "PReLU", "name": "slopes", "config": {"name": "slopes", "shared_axes": [1]}, "inbound_nodes": [[["pool", 0, 0, {}]]]},
        {"class_name": "AdditiveAttention", "name": "attend", "config": {"name": "attend", "use_scale": true}, "inbound_nodes": [[["bn", 0, 0, {}], ["slopes", 0, 0, {}]]]},
        {"class_name": "Attention", "name": "dot", "config": {"name": "dot", "use_scale": true}, "inbound_nodes": [[["attend", 0, 0, {}], ["slopes", 0, 0, {}], ["bn", 0, 0, {}]]]},
        {"class_name": "Average", "name": "mean", "config": {"name": "mean"}, "inbound_nodes": [[["attend", 0, 0, {}], ["dot", 0, 0, {}]]]},
        {"class_name": "GlobalMaxPooling1D", "name": "all", "config": {"name": "all"}, "inbound_nodes": [[["mean", 0, 0, {}]]]},
        {"class_name": "Dense", "name": "dense", "config": {"name": "dense", "units": 1}, "inbound_nodes": [[["all", 0, 0, {}]]]}],
        "input_layers": [["x", 0, 0]], "output_layers": [["dense", 0, 0]]}}
        """;

    private static readonly (string Layer, int[][] Shapes)[] Variables =
    [
        ("conv1d", [[3, 2, 3], [3]]), ("batch_normalization", [[3], [3], [3], [3]]), ("p_re_lu", [[1, 3]]), ("additive_attention", [[3]]), ("attention", [[]]), ("dense", [[3, 1], [1]]),
    ];

    /// <summary>A variable of a layer.</summary>
    public static double[] Numbers(string layer, int variable)
    {
        var shape = Array.Find(Variables, found => found.Layer == layer).Shapes[variable];

        // Variances are positive.
        var numbers = AudioFiles.Numbers(shape.Aggregate(1, (product, size) => product * size), layer.Length + variable);
        return layer == "batch_normalization" && variable == 3 ? Array.ConvertAll(numbers, number => number + 2) : numbers;
    }

    public static byte[] Zip(byte[]? configuration = null)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("config.json", configuration ?? Encoding.UTF8.GetBytes(Configuration));
            Add("model.weights.h5", Weights());

            void Add(string name, byte[] content)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>The weights as Keras 3 has them: variables by number in a group for each layer.</summary>
    public static byte[] Weights()
    {
        var layers = new H5Group();
        foreach (var (layer, shapes) in Variables)
        {
            var variables = new H5Group();
            for (var i = 0; i < shapes.Length; i++)
                variables[$"{i}"] = new H5Dataset(Array.ConvertAll(Numbers(layer, i), number => (float)number), fileDims: shapes[i].Length == 0 ? null : Array.ConvertAll(shapes[i], size => (ulong)size));
            layers[layer] = new H5Group { ["vars"] = variables };
        }

        using var stream = new MemoryStream();
        new H5File { ["layers"] = layers }.Write(stream);
        return stream.ToArray();
    }
}
