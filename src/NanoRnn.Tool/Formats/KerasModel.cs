using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Formats;

/// <summary>Reads Keras files: <c>.keras</c>, and <c>.h5</c> with or without the model's configuration.</summary>
internal static partial class KerasModel
{
    private const long LargestEntry = 1 << 30;

    /// <summary>A zip file of Keras 3.</summary>
    public static ModelFile ReadZip(byte[] file)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file));
            var config = JsonNumbers.Parse(Entry(archive, "config.json"));
            var weights = Hdf5Tensors.Read(Entry(archive, "model.weights.h5"));
            return new ModelFile("Keras", KerasGraph.Build(config, new KerasWeights(weights), file.Length), weights.Tensors, []);
        }
        catch (InvalidDataException exception)
        {
            throw new ToolException($"expected a zip file, found a damaged one: {exception.Message}", exception);
        }
    }

    /// <summary>An HDF5 file.</summary>
    public static ModelFile ReadHdf5(byte[] file)
    {
        var weights = Hdf5Tensors.Read(file);
        var config = weights.Texts.GetValueOrDefault("@model_config") is [var text] ? JsonNumbers.Parse(System.Text.Encoding.UTF8.GetBytes(text)) : (JsonElement?)null;
        var graph = config is { } model ? KerasGraph.Build(model, new KerasWeights(weights), file.Length) : null;
        var version = weights.Texts.GetValueOrDefault("@keras_version", []);
        return new ModelFile("Keras HDF5", graph, weights.Tensors, [.. version.Select(value => new KeyValuePair<string, string>("keras_version", value))]);
    }

    /// <summary>Weights without a configuration, under the layers of a line, in the order of the file.</summary>
    public static OperatorGraph Build(byte[] file, IReadOnlyList<LayerLine> layers)
    {
        var weights = Hdf5Tensors.Read(file);
        var names = weights.Texts.GetValueOrDefault("@layer_names") ?? weights.Texts.GetValueOrDefault("model_weights@layer_names")
            ?? throw new ToolException("expected a list 'layer_names' in the file, found none.");
        var source = new KerasWeights(weights);
        var wanted = layers.Where(layer => layer.HasWeights).ToArray();
        var withWeights = wanted.All(layer => layer.Source is not null) ? [.. wanted.Select(layer => layer.Source!)] : names.Where(name => source.Of(name, "").Count > 0).ToArray();
        if (withWeights.Length != wanted.Length)
        {
            throw new ToolException($"expected weights of {wanted.Length} layers ({string.Join(", ", wanted.Select(layer => layer.Kind))}), found {withWeights.Length}: " +
                $"{string.Join(", ", withWeights.Select(name => $"{name} {string.Join(' ', source.Of(name, "").Select(tensor => Tensor.Describe(tensor.Shape)))}"))}. Name those that are meant with from:NAME.");
        }

        return KerasGraph.Build(layers, withWeights, source, file.Length);
    }

    private static byte[] Entry(ZipArchive archive, string name)
    {
        var entry = archive.GetEntry(name) ?? throw new ToolException($"expected a file '{name}' in the zip file, found {string.Join(", ", archive.Entries.Take(10).Select(found => found.FullName))}.");
        using var stream = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0; content.Write(buffer, 0, read))
            if (content.Length > LargestEntry)
                throw new ToolException($"'{name}' in the zip file: expected at most {LargestEntry} bytes, found more.");
        return content.ToArray();
    }

    /// <summary>A class's name as Keras names layers: <c>LSTM</c> is <c>lstm</c>, <c>LayerNormalization</c> is <c>layer_normalization</c>.</summary>
    public static string SnakeCase(string name) => WordStart().Replace(LastOfCapitals().Replace(name, "$1_$2"), "$1_$2").ToLowerInvariant();

    [GeneratedRegex("(.)([A-Z][a-z0-9]+)")]
    private static partial Regex LastOfCapitals();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex WordStart();
}
