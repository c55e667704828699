using System.Globalization;

namespace NanoRnn.Tool.Formats;

/// <summary>The layers of a line, each reading the one before it or those that it names.</summary>
/// <param name="Layers">The layers in order.</param>
/// <param name="Outputs">Numbers of those that are outputs.</param>
internal sealed record LayerList(IReadOnlyList<LayerLine> Layers, IReadOnlyList<int> Outputs)
{
    /// <summary>What a line calls the model's input.</summary>
    public const string InputName = "input";

    /// <summary>Words that every layer may have, followed by a name.</summary>
    private static readonly string[] NameWords = ["name", "input", "from"];

    /// <summary>Layers that have weights.</summary>
    public IEnumerable<LayerLine> WithWeights => Layers.Where(layer => layer.Kind.HasWeights);

    /// <summary>Reads a line.</summary>
    /// <exception cref="ToolException">It has a word that no layer has.</exception>
    public static LayerList Parse(string line)
    {
        var texts = line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var outputs = texts.Length > 0 && Split(texts[^1]) is ["output", .. var named] ? named : null;
        var layers = new List<LayerLine>();
        foreach (var text in outputs is null ? texts : texts[..^1])
            layers.Add(ParseLayer(text, layers));
        if (layers.Count == 0)
            throw new ToolException("expected layers such as \"lstm 32, dense 1\", found none.");

        // A recurrent layer above another one gives its outputs at every step.
        var last = layers.FindLastIndex(layer => layer.Kind.IsRecurrent);
        for (var i = 0; i < last; i++)
            if (layers[i].Kind.IsRecurrent && !layers[i].Has("sequences") && !layers[i].Has("last"))
                layers[i] = layers[i] with { Words = [.. layers[i].Words, "sequences"] };
        return new LayerList(layers, outputs is null ? [layers.Count - 1] : [.. outputs.Select(name => Find(name, "output", layers))]);
    }

    private static string[] Split(string text) => text.Split([' ', '\t', '(', ')'], StringSplitOptions.RemoveEmptyEntries);

    private static LayerLine ParseLayer(string text, List<LayerLine> above)
    {
        var words = Split(text);
        var kind = Array.Find(LayerKind.All, kind => words.Length > 0 && kind.Word.Equals(words[0], StringComparison.OrdinalIgnoreCase))
            ?? throw new ToolException($"expected one of the layers {string.Join(", ", LayerKind.All.Select(kind => kind.Word))}, found '{text}'.");
        var numbers = words.Skip(1).TakeWhile(word => double.TryParse(word, CultureInfo.InvariantCulture, out _)).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        if (numbers.Length != kind.Numbers || kind.Word != "dropout" && numbers.Any(number => number < 1 || number > int.MaxValue || number != Math.Floor(number)))
            throw new ToolException($"layer '{text}': expected {kind.Numbers} number{(kind.Numbers == 1 ? "" : "s")} behind '{kind.Word}'.");
        var layer = new LayerLine(kind, numbers, [.. words.Skip(1 + kind.Numbers).Select(word => word.Contains(':') || kind.IsMerge ? word : word.ToLowerInvariant())]);
        foreach (var word in layer.Words)
            if (!IsKnown(layer, word))
                throw new ToolException($"layer '{text}': expected one of {string.Join(", ", [.. kind.Words, .. NameWords.Select(name => name + ":NAME")])}; found '{word}'.");
        int[] inputs = kind.IsMerge ? [.. layer.Words.Where(word => !word.Contains(':')).Select(name => Find(name, text, above))]
            : [layer.Text("input") is { } input ? Find(input, text, above) : above.Count - 1];
        if (kind.IsMerge && inputs.Length < 2)
            throw new ToolException($"layer '{text}': expected the names of two layers or more behind '{kind.Word}', found {inputs.Length}.");
        var name = layer.Text("name") ?? layer.Source ?? FirstFree(KerasModel.SnakeCase(kind.Keras), above);
        if (name == InputName || above.Any(other => other.Name == name))
            throw new ToolException($"layer '{text}': expected a name that no other layer has, found '{name}'.");
        return layer with { Name = name, Inputs = inputs };
    }

    private static bool IsKnown(LayerLine layer, string word)
    {
        if (word.Split(':') is [var first, { Length: > 0 } rest])
            return NameWords.Contains(first) || layer.Kind.Words.Contains(first + ":") && double.TryParse(rest, CultureInfo.InvariantCulture, out var number) && number > 0;
        return layer.Kind.IsMerge || layer.Kind.Words.Contains(word) || layer.Kind.TakesActivation && word == layer.Activation;
    }

    private static int Find(string name, string reader, List<LayerLine> above) => name == InputName ? -1
        : above.FindIndex(layer => layer.Name == name) is >= 0 and var number ? number
        : throw new ToolException($"layer '{reader}': reads '{name}'; expected {InputName} or a layer before it: {string.Join(", ", above.Select(layer => layer.Name))}.");

    private static string FirstFree(string name, List<LayerLine> above)
    {
        var free = name;
        for (var i = 1; above.Any(layer => layer.Name == free); i++)
            free = $"{name}_{i}";
        return free;
    }
}
