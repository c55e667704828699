using System.Globalization;
using System.Text.Json;

namespace NanoRnn.Tool.Formats;

/// <summary>A layer of a line such as <c>"lstm 32 bidirectional, dense 1 sigmoid"</c>.</summary>
/// <param name="Kind">The layer's kind.</param>
/// <param name="Numbers">Its numbers, such as units.</param>
/// <param name="Words">Its other words.</param>
internal sealed record LayerLine(string Kind, IReadOnlyList<double> Numbers, IReadOnlyList<string> Words)
{
    private static readonly Dictionary<string, int> Counts = new(StringComparer.Ordinal)
    {
        ["lstm"] = 1, ["gru"] = 1, ["rnn"] = 1, ["dense"] = 1, ["embedding"] = 2, ["layer_norm"] = 0, ["dropout"] = 1, ["activation"] = 0,
    };

    /// <summary>What a word begins with that names the layer of the file which has the weights.</summary>
    private const string From = "from:";

    private static readonly string[] RecurrentWords = ["bidirectional", "backwards", "sequences", "reset_before"];

    public bool IsRecurrent => Kind is "lstm" or "gru" or "rnn";

    public bool HasWeights => Kind is not ("dropout" or "activation");

    /// <summary>The layer of the file that has its weights, if the line says so.</summary>
    public string? Source => Words.FirstOrDefault(word => word.StartsWith(From, StringComparison.Ordinal))?[From.Length..];

    public int Units => (int)Numbers[0];

    public bool Has(string word) => Words.Contains(word);

    /// <summary>The activation that it names, or null.</summary>
    public string? Activation => Words.FirstOrDefault(word => word == "softmax" || KerasFunctions.Find(word) is not null);

    /// <summary>Reads a line.</summary>
    /// <exception cref="ToolException">It has a word that no layer has.</exception>
    public static IReadOnlyList<LayerLine> Parse(string line)
    {
        var layers = line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseLayer).ToArray();
        if (layers.Length == 0)
            throw new ToolException("expected layers such as \"lstm 32, dense 1\", found none.");

        // A recurrent layer above another one gives its outputs at every step.
        var last = Array.FindLastIndex(layers, layer => layer.IsRecurrent);
        return [.. layers.Select((layer, i) => layer.IsRecurrent && i < last && !layer.Has("sequences") ? layer with { Words = [.. layer.Words, "sequences"] } : layer)];
    }

    /// <summary>The layer as Keras configures it.</summary>
    /// <param name="name">Its name.</param>
    public JsonElement ToKeras(string name)
    {
        var type = Kind switch
        {
            "lstm" => "LSTM", "gru" => "GRU", "rnn" => "SimpleRNN", "dense" => "Dense", "embedding" => "Embedding", "layer_norm" => "LayerNormalization", "dropout" => "Dropout", _ => "Activation",
        };
        var config = new Dictionary<string, object?>
        {
            ["name"] = name, ["units"] = Numbers.Count > 0 ? Numbers[0] : 0, ["use_bias"] = !Has("no_bias"), ["return_sequences"] = Has("sequences"),
            ["go_backwards"] = Has("backwards"), ["reset_after"] = !Has("reset_before"), ["activation"] = Activation ?? (IsRecurrent ? "tanh" : "linear"),
        };
        var layer = new Dictionary<string, object?> { ["class_name"] = type, ["config"] = config, ["from_line"] = true };
        if (!Has("bidirectional"))
            return JsonSerializer.SerializeToElement(layer);
        return JsonSerializer.SerializeToElement(new Dictionary<string, object?>
        {
            ["class_name"] = "Bidirectional", ["from_line"] = true,
            ["config"] = new Dictionary<string, object?> { ["name"] = name, ["merge_mode"] = "concat", ["layer"] = layer },
        });
    }

    private static LayerLine ParseLayer(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '\t', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !Counts.TryGetValue(words[0], out var count))
            throw new ToolException($"expected one of the layers {string.Join(", ", Counts.Keys)}, found '{text}'.");
        var numbers = words.Skip(1).TakeWhile(word => double.TryParse(word, CultureInfo.InvariantCulture, out _)).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        if (numbers.Length != count || words[0] != "dropout" && numbers.Any(number => number < 1 || number > int.MaxValue || number != Math.Floor(number)))
            throw new ToolException($"layer '{text}': expected {count} number{(count == 1 ? "" : "s")} behind '{words[0]}'.");
        var layer = new LayerLine(words[0], numbers, words[(1 + count)..]);
        foreach (var word in layer.Words)
            if (!(layer.IsRecurrent && RecurrentWords.Contains(word)) && word != "no_bias" && !word.StartsWith(From, StringComparison.Ordinal) && word != layer.Activation)
                throw new ToolException($"layer '{text}': expected an activation or one of {string.Join(", ", RecurrentWords)}, no_bias, from:NAME; found '{word}'.");
        return layer;
    }
}
