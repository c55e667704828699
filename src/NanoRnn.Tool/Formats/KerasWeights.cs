using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Formats;

/// <summary>The weights of Keras's layers, in the order in which a layer makes them.</summary>
/// <param name="file">What the file has.</param>
internal sealed class KerasWeights(Hdf5Tensors file)
{
    private readonly HashSet<string> _used = [];

    /// <summary>Tensors that no layer has asked for.</summary>
    public IEnumerable<FileTensor> Unused => file.Tensors.Where(tensor => !_used.Contains(tensor.Name) && !IsOther(tensor.Name));

    /// <summary>The tensors of a layer.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="number">What it is called in files of Keras 3: its class and a number.</param>
    public IReadOnlyList<Tensor> Of(string name, string number)
    {
        // Files of Keras 2 list the names; those of Keras 3 have a folder for each layer, by its name or number.
        foreach (var root in (string[])["", "model_weights/"])
            if (file.Texts.TryGetValue($"{root}{name}@weight_names", out var names))
                return [.. names.Select(weight => Find($"{root}{name}/{weight}"))];
        foreach (var folder in (string[])[$"layers/{name}/", $"layers/{number}/", $"_layer_checkpoint_dependencies/{name}/", $"_layer_checkpoint_dependencies/{number}/"])
        {
            var found = file.Tensors.Where(tensor => tensor.Name.StartsWith(folder, StringComparison.Ordinal) && !IsOther(tensor.Name)).ToArray();
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
        return file.Tensors.Find(tensor => tensor.Name == path)?.Value ?? throw new ToolException($"expected a tensor '{path}', found none of this name.");
    }

    /// <summary>States of random numbers and of the optimizer.</summary>
    private static bool IsOther(string path) => path.Contains("seed_generator", StringComparison.Ordinal) || path.StartsWith("optimizer", StringComparison.Ordinal) || path.StartsWith("metrics", StringComparison.Ordinal);
}
