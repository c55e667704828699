using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Formats;

/// <summary>Reads Keras files: <c>.keras</c>, and <c>.h5</c> with or without the model's configuration.</summary>
internal static partial class KerasModel
{
    private const long LargestEntry = 1 << 30;

    /// <summary>A zip file of Keras 3.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="layers">Layers that are meant in place of those of its configuration, with the names of those that have the weights; null for none.</param>
    public static ModelFile ReadZip(byte[] file, LayerList? layers)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file));
            var config = JsonNumbers.Parse(Entry(archive, "config.json"));
            var weights = Hdf5Tensors.Read(Entry(archive, "model.weights.h5"));
            var graph = layers is null ? KerasGraph.Build(config, new(weights.Tensors, weights.Texts), file.Length) : KerasGraph.Build(layers, new(weights.Tensors, weights.Texts), file.Length);
            return new ModelFile("Keras", graph, weights.Tensors, []);
        }
        catch (InvalidDataException exception)
        {
            throw new ToolException($"expected a zip file, found a damaged one: {exception.Message}", exception);
        }
    }

    /// <summary>An HDF5 file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="layers">Layers that are meant in place of those of its configuration; null for none.</param>
    public static ModelFile ReadHdf5(byte[] file, LayerList? layers)
    {
        var weights = Hdf5Tensors.Read(file);
        var config = weights.Texts.GetValueOrDefault("@model_config") is [var text] ? JsonNumbers.Parse(Encoding.UTF8.GetBytes(text)) : (JsonElement?)null;
        var graph = layers is not null ? KerasGraph.Build(layers, new(weights.Tensors, weights.Texts), file.Length) : config is { } model ? KerasGraph.Build(model, new(weights.Tensors, weights.Texts), file.Length) : null;
        var version = weights.Texts.GetValueOrDefault("@keras_version", []);
        return new ModelFile("Keras HDF5", graph, weights.Tensors, [.. version.Select(value => new KeyValuePair<string, string>("keras_version", value))]);
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
