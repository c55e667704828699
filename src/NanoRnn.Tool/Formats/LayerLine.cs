using System.Globalization;
using System.Text.Json;

namespace NanoRnn.Tool.Formats;

/// <summary>A layer of a line such as <c>"lstm 32 bidirectional, dense 1 sigmoid"</c>.</summary>
/// <param name="Kind">The layer's kind.</param>
/// <param name="Numbers">Its numbers, such as units.</param>
/// <param name="Words">Its other words.</param>
internal sealed record LayerLine(LayerKind Kind, IReadOnlyList<double> Numbers, IReadOnlyList<string> Words)
{
    /// <summary>What it is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>Numbers of the layers that it reads; −1 is the model's input.</summary>
    public IReadOnlyList<int> Inputs { get; init; } = [];

    public int Units => (int)Numbers[0];

    /// <summary>The layer of the file that has its weights, if the line says so.</summary>
    public string? Source => Text("from");

    /// <summary>The activation that it names, or null.</summary>
    public string? Activation => Words.FirstOrDefault(word => word == "softmax" || KerasFunctions.Find(word) is not null);

    public bool Has(string word) => Words.Contains(word);

    /// <summary>What follows a word and a colon, or null.</summary>
    public string? Text(string word) => Words.FirstOrDefault(found => found.StartsWith(word + ":", StringComparison.Ordinal))?[(word.Length + 1)..];

    /// <summary>A number that follows a word and a colon, or null.</summary>
    public double? Number(string word) => Text(word) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The layer as Keras configures it.</summary>
    /// <param name="names">Names of all layers.</param>
    /// <param name="source">The layer of the file that has its weights.</param>
    public JsonElement ToKeras(IReadOnlyList<string> names, string source)
    {
        var config = new Dictionary<string, object?>
        {
            ["name"] = Name, ["weights_of"] = source, ["units"] = Numbers.Count > 0 ? Numbers[0] : 0, ["use_bias"] = !Has("no_bias"), ["return_sequences"] = Has("sequences"),
            ["go_backwards"] = Has("backwards"), ["reset_after"] = !Has("reset_before"), ["activation"] = Activation ?? (Kind.IsRecurrent ? "tanh" : "linear"),
            ["padding"] = Has("causal") ? "causal" : Has("same") ? "same" : "valid", ["pool_size"] = Numbers.Count > 0 ? Numbers[0] : 0,
            ["strides"] = Number("strides"), ["dilation_rate"] = Number("dilation"), ["epsilon"] = Number("epsilon"), ["shared_axes"] = (int[])[1],
        };
        object[] inputs = [Inputs.Select(input => (object[])[input < 0 ? LayerList.InputName : names[input], 0, 0]).ToArray()];
        var layer = new Dictionary<string, object?> { ["class_name"] = Kind.Keras, ["config"] = config, ["inbound_nodes"] = inputs };
        if (!Has("bidirectional"))
            return JsonSerializer.SerializeToElement(layer);
        return JsonSerializer.SerializeToElement(new Dictionary<string, object?>
        {
            ["class_name"] = "Bidirectional", ["inbound_nodes"] = inputs,
            ["config"] = new Dictionary<string, object?> { ["name"] = Name, ["weights_of"] = source, ["merge_mode"] = "concat", ["layer"] = layer },
        });
    }
}
