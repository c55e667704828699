using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Formats;

/// <summary>The weights of Keras's layers, in the order in which a layer makes them.</summary>
/// <param name="tensors">Tensors by their paths.</param>
/// <param name="texts">Lists of names by their paths.</param>
internal sealed class KerasWeights(IReadOnlyList<FileTensor> tensors, IReadOnlyDictionary<string, string[]> texts)
{
    /// <summary>The names of layers in the order of the file, or null if it does not say.</summary>
    public string[]? LayerNames => texts.GetValueOrDefault("@layer_names") ?? texts.GetValueOrDefault("model_weights@layer_names");

    /// <summary>The weights of layers, each with its weights in Keras's order.</summary>
    /// <param name="layers">Layers by name.</param>
    public static KerasWeights Of(IEnumerable<(string Layer, FileTensor[] Weights)> layers)
    {
        var (tensors, texts) = (new List<FileTensor>(), new Dictionary<string, string[]>(StringComparer.Ordinal));
        foreach (var (layer, weights) in layers)
        {
            texts.Add($"{layer}@weight_names", Array.ConvertAll(weights, weight => weight.Name));
            tensors.AddRange(weights.Select(weight => weight with { Name = $"{layer}/{weight.Name}" }));
        }

        texts.Add("@layer_names", [.. texts.Keys.Select(key => key[..key.LastIndexOf('@')])]);
        return new KerasWeights(tensors, texts);
    }

    private readonly HashSet<string> _used = [];

    /// <summary>Tensors that no layer has asked for.</summary>
    public IEnumerable<FileTensor> Unused => tensors.Where(tensor => !_used.Contains(tensor.Name) && !IsOther(tensor.Name));

    /// <summary>The tensors of a layer.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="number">What it is called in files of Keras 3: its class and a number.</param>
    public IReadOnlyList<Tensor> Of(string name, string number)
    {
        // Files of Keras 2 list the names; those of Keras 3 have a folder for each layer, by its name or number.
        foreach (var root in (string[])["", "model_weights/"])
            if (texts.TryGetValue($"{root}{name}@weight_names", out var names))
                return [.. names.Select(weight => Find($"{root}{name}/{weight}"))];
        foreach (var folder in (string[])[$"layers/{name}/", $"layers/{number}/", $"_layer_checkpoint_dependencies/{name}/", $"_layer_checkpoint_dependencies/{number}/"])
        {
            var found = tensors.Where(tensor => tensor.Name.StartsWith(folder, StringComparison.Ordinal) && !IsOther(tensor.Name)).ToArray();
            if (found.Length == 0)
                continue;

            // Forward comes first, and variables are numbered.
            return [.. found.OrderBy(tensor => tensor.Name.Contains("/backward", StringComparison.Ordinal)).ThenBy(tensor => tensor.Name.Length).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)
                .Select(tensor => Find(tensor.Name))];
        }

        return [];
    }

    private Tensor Find(string path)
    {
        _used.Add(path);
        return tensors.FirstOrDefault(tensor => tensor.Name == path)?.Value ?? throw new ToolException($"expected a tensor '{path}', found none of this name.");
    }

    /// <summary>States of random numbers and of the optimizer.</summary>
    private static bool IsOther(string path) => path.Contains("seed_generator", StringComparison.Ordinal) || path.StartsWith("optimizer", StringComparison.Ordinal) || path.StartsWith("metrics", StringComparison.Ordinal);
}
