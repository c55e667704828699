namespace NanoRnn.Tool.Writing;

/// <summary>The names of layers, as the generator gives them.</summary>
internal static class LayerNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["SimpleRnn"] = "simple_rnn", ["LayerNormalization"] = "layer_normalization", ["CustomRnn"] = "custom_rnn", ["PReLU"] = "p_re_lu", ["MaxPooling1D"] = "max_pooling1d",
        ["AveragePooling1D"] = "average_pooling1d", ["GlobalMaxPooling1D"] = "global_max_pooling1d", ["GlobalAveragePooling1D"] = "global_average_pooling1d", ["AdditiveAttention"] = "additive_attention",
    };

    /// <summary>Gives each layer its name: the given one, else that of its kind with the first number that is free.</summary>
    public static void Give(IReadOnlyList<ImportedLayer> layers)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "input" };
        foreach (var layer in layers)
            if (layer.GivenName is { } given)
                layer.GivenName = layer.Name = FirstFree(given, taken);
        var above = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            if (layer.GivenName is null)
                layer.Name = FirstFree(DefaultOf(layer), taken);

            // The generator sees the names of the layers above alone.
            var free = layer.GivenName ?? FirstFree(DefaultOf(layer), above);
            above.Add(layer.Name);
            if (free != layer.Name)
                layer.GivenName = layer.Name;
        }
    }

    private static string DefaultOf(ImportedLayer layer) => Names.GetValueOrDefault(layer.Kind, layer.Kind.ToLowerInvariant());

    private static string FirstFree(string name, HashSet<string> taken)
    {
        var free = name;
        for (var i = 1; !taken.Add(free); i++)
            free = $"{name}_{i}";
        return free;
    }
}
