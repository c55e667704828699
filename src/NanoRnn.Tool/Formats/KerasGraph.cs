using System.Text.Json;
using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Operators;
using NanoRnn.Tool.Recognition;

namespace NanoRnn.Tool.Formats;

/// <summary>Says Keras's layers as operators: sequential models, and functional ones of layers and merges.</summary>
internal sealed class KerasGraph
{
    private readonly GraphBuilder _builder;
    private readonly KerasWeights _weights;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    private KerasGraph(KerasWeights weights, long fileLength) => (_weights, _builder) = (weights, new GraphBuilder(fileLength));

    /// <summary>A model by its configuration.</summary>
    public static OperatorGraph Build(JsonElement model, KerasWeights weights, long fileLength)
    {
        var graph = new KerasGraph(weights, fileLength);
        var config = model.Member("config");

        // Early versions have a sequential model's layers as its configuration.
        var layers = config.ValueKind == JsonValueKind.Array ? [.. config.EnumerateArray()] : config.List("layers");
        return graph.Build(model.Text("class_name") ?? "", layers, config.Has("output_layers") ? config.Member("output_layers") : null);
    }

    /// <summary>A model by a line: with weights of the layers of the file that it names, or in the order that the file lists.</summary>
    public static OperatorGraph Build(LayerList list, KerasWeights weights, long fileLength)
    {
        var wanted = list.WithWeights.ToArray();
        var found = wanted.All(layer => layer.Source is not null) ? Array.ConvertAll(wanted, layer => layer.Source!)
            : (weights.LayerNames ?? throw new ToolException("expected a list 'layer_names' in the file, found none. Name the layers that are meant with from:NAME."))
                .Where(name => weights.Of(name, "").Count > 0).ToArray();
        if (found.Length != wanted.Length)
        {
            throw new ToolException($"expected weights of {wanted.Length} layers ({string.Join(", ", wanted.Select(layer => layer.Kind.Word))}), found {found.Length}: " +
                $"{string.Join(", ", found.Select(name => $"{name} {string.Join(' ', weights.Of(name, "").Select(tensor => Tensor.Describe(tensor.Shape)))}"))}. Name those that are meant with from:NAME.");
        }

        var (sources, names) = (new Queue<string>(found), list.Layers.Select(layer => layer.Name).ToArray());
        var layers = list.Layers.Select(layer => layer.ToKeras(names, layer.Kind.HasWeights ? sources.Dequeue() : "")).ToArray();
        var graph = new KerasGraph(weights, fileLength);
        graph._values.Add(LayerList.InputName, "");
        return graph.Build("Functional", layers, JsonSerializer.SerializeToElement(list.Outputs.Select(output => (object[])[names[output], 0, 0])));
    }

    private OperatorGraph Build(string kind, JsonElement[] layers, JsonElement? outputs)
    {
        if (kind is not ("Sequential" or "Functional" or "Model"))
            throw new UnsupportedModelException($"a model of the class '{kind}': its layers are not in the file. Save a sequential or functional model, or give --layers.");
        string? above = null;
        foreach (var layer in layers)
        {
            var (type, config) = (layer.Text("class_name") ?? "", layer.Member("config"));
            var name = config.Text("name") ?? layer.Text("name") ?? type;
            if (!_values.TryAdd(name, ""))
                throw new ToolException($"layer '{name}': expected one of this name, found two.");
            string[] inputs = layer.Has("inbound_nodes") ? [.. Histories(layer.Member("inbound_nodes")).Select(Value)] : above is null ? [] : [above];
            if (layer.Has("inbound_nodes") && layer.List("inbound_nodes").Length > 1)
                throw new UnsupportedModelException($"layer '{name}': is used several times with the same weights, which NanoRnn has no layer for.");
            if (type == "InputLayer" && above is not null)
                throw new UnsupportedModelException($"layer '{name}': the model has several inputs, which NanoRnn has no layer for. Put their features side by side into one.");
            ReadInputShape(config);
            above = _values[name] = type == "InputLayer" ? "" : Add(type, name, config, inputs);
        }

        foreach (var output in outputs is { } named ? Histories(named).Select(Value) : [above ?? ""])
            _builder.Output(output);
        if (_builder.Graph.Inputs.Count == 0 || _weights.Unused.Any() && outputs is null && kind == "Sequential")
        {
            throw new ToolException($"expected layers for all weights, found more weights than the configuration has layers: " +
                $"{string.Join(", ", _weights.Unused.Take(5).Select(tensor => $"{tensor.Name} {Tensor.Describe(tensor.Value.Shape)}"))}.");
        }

        return _builder.Graph;

        string Value(string name) => _values.TryGetValue(name, out var value) ? value : throw new ToolException($"expected a layer '{name}' above the one that reads it, found none.");
    }

    /// <summary>Sequences of vectors, where the configuration says how many features they have.</summary>
    private void ReadInputShape(JsonElement config)
    {
        foreach (var name in (string[])["batch_shape", "batch_input_shape"])
            if (_builder.Graph.Inputs.Count == 0 && config.Has(name) && config.List(name) is [_, _, { ValueKind: JsonValueKind.Number } last] && last.TryGetInt32(out var features) && features is >= 1 and <= 1 << 20)
                _builder.Input(features);
    }

    private string Add(string type, string name, JsonElement config, string[] inputs)
    {
        var snake = KerasModel.SnakeCase(type);
        var count = _counts[snake] = _counts.GetValueOrDefault(snake) + 1;
        var number = count == 1 ? snake : $"{snake}_{count - 1}";
        if (type is "Concatenate" or "Add" or "Subtract" or "Multiply" or "Average")
        {
            var merged = _builder.Merge(
                type == "Average" ? name + "/sum" : name, type switch { "Concatenate" => "Concat", "Subtract" => "Sub", "Multiply" => "Mul", _ => "Add" }, Array.ConvertAll(inputs, input => Given(input, name)));
            return type == "Average" ? _builder.Scaled(name, merged, 1.0 / inputs.Length) : merged;
        }

        var weights = _weights.Of(config.Text("weights_of") ?? name, number);
        if (type is "Attention" or "AdditiveAttention")
            return Attention(type, name, config, Array.ConvertAll(inputs, given => Given(given, name)), weights);
        if (inputs.Length > 1)
            throw new UnsupportedModelException($"layer '{name}': {type} of several inputs is no layer of NanoRnn.");
        var input = inputs.Length == 0 ? "" : inputs[0];
        switch (type)
        {
            case "Dropout" or "SpatialDropout1D" or "GaussianNoise" or "ActivityRegularization":
                return input;
            case "TimeDistributed" when config.Has("layer"):
                var inner = config.Member("layer");
                return Layer(inner.Text("class_name") ?? "", name, inner.Member("config"), input, weights);
            case "Bidirectional" when config.Has("layer"):
                var half = config.Member("layer");
                return Bidirectional(half.Text("class_name") ?? "", name, half.Member("config"), input, weights, config.Text("merge_mode"));
            default:
                return Layer(type, name, config, input, weights);
        }
    }

    private string Layer(string type, string name, JsonElement config, string input, IReadOnlyList<Tensor> weights)
    {
        var hasBias = config.Flag("use_bias", fallback: true);
        switch (type)
        {
            case "LSTM" or "GRU" or "SimpleRNN":
                Expect(name, weights, hasBias ? 3 : 2);
                return _builder.Recurrent(name, Input(input, weights[0].Shape[0]), Options(type, name, config), [Cell(weights, 0)]);
            case "Dense" or "Conv1D":
                Expect(name, weights, hasBias ? 2 : 1);
                var (kernel, bias, strides) = (weights[0], hasBias ? weights[1] : null, type == "Dense" ? 1 : config.SizeOfOne("strides"));
                if (strides == 1 && kernel is { Rank: 3, Shape: [1, _, _] })
                    kernel = kernel.Reshape(kernel.Shape[1..]);
                return Activated(name, config, inner => kernel.Rank < 3 ? _builder.Dense(inner, Input(input, kernel.Shape[0]), kernel, bias)
                    : _builder.Convolution(inner, Input(input, kernel.Shape[1]), kernel, bias, config.Text("padding") ?? "valid", strides, config.SizeOfOne("dilation_rate"), config.SizeOfOne("groups")));
            case "MaxPooling1D" or "AveragePooling1D":
                var size = config.SizeOfOne("pool_size");
                return _builder.Pooling(name, Given(input, name), type == "MaxPooling1D" ? "MaxPool" : "AveragePool", size, config.Has("strides") ? config.SizeOfOne("strides") : size, config.Text("padding") ?? "valid");
            case "GlobalMaxPooling1D" or "GlobalAveragePooling1D":
                return _builder.GlobalPooling(name, Given(input, name), type == "GlobalMaxPooling1D" ? "ReduceMax" : "ReduceMean", config.Flag("keepdims"));
            case "PReLU":
                Expect(name, weights, 1);
                if (weights[0].Count != weights[0].Shape[^1])
                    throw new UnsupportedModelException($"layer '{name}': has slopes {Tensor.Describe(weights[0].Shape)} of its own for every time step. Train it with shared_axes=[1].");
                return _builder.SlopedRelu(name, Given(input, name), weights[0]);
            case "BatchNormalization":
                return _builder.BatchNormalization(name, Given(input, name), weights, config.Flag("scale", fallback: true), config.Flag("center", fallback: true), config.Number("epsilon", 1e-3));
            case "Embedding":
                Expect(name, weights, 1);
                if (config.Flag("mask_zero"))
                    throw new UnsupportedModelException($"layer '{name}': masks token 0, which the tool does not import. Write MaskZero = true by hand, and load the weights (docs/from-keras.md).");
                return _builder.Embedding(name, Input(input, null), weights[0]);
            case "LayerNormalization":
                Expect(name, weights, 2);
                return _builder.LayerNormalization(name, Input(input, weights[0].Count), weights[0].Reshape(weights[0].Count), weights[1].Reshape(weights[1].Count), config.Number("epsilon", 1e-3));
            case "Activation" or "Softmax":
                return _builder.Activation(name, Given(input, name), type == "Activation" ? Activation(config, "activation") : "softmax");
            case "ReLU":
                return _builder.Function(name, Given(input, name), Relu(name, config));
            case "LeakyReLU":
                return _builder.Function(name, Given(input, name), new ScalarFunction("LeakyRelu", config.Number("negative_slope", config.Number("alpha", 0.3))));
            default:
                throw new UnsupportedModelException($"layer '{name}': NanoRnn has no layer for {type}. Cut the model there, or write it by hand (docs/layers.md).");
        }
    }

    /// <summary>A layer and its activation, the last of which has the layer's name.</summary>
    private string Activated(string name, JsonElement config, Func<string, string> create) => Activation(config, "activation") is null or "linear" ? create(name)
        : _builder.Activation(name, create(name + "/linear"), Activation(config, "activation"));

    private static ScalarFunction Relu(string name, JsonElement config)
    {
        var (slope, maximum) = (config.Number("negative_slope", 0), config.Number("max_value", double.PositiveInfinity));
        if (config.Number("threshold", 0) != 0 || slope != 0 && maximum < double.PositiveInfinity)
            throw new UnsupportedModelException($"layer '{name}': a ReLU with a threshold, or with a slope and a largest value, is no layer of NanoRnn. Write it as a function (docs/functions.md).");
        return maximum < double.PositiveInfinity ? new("Clip", 0, maximum) : slope != 0 ? new("LeakyRelu", slope) : new("Relu");
    }

    private string Attention(string type, string name, JsonElement config, string[] inputs, IReadOnlyList<Tensor> weights)
    {
        var isAdditive = type == "AdditiveAttention";
        var isScaled = config.Flag("use_scale", fallback: isAdditive);
        if (inputs.Length is < 2 or > 3 || config.Text("score_mode") is "concat" || isAdditive && !isScaled || config.Flag("return_attention_scores"))
            throw new UnsupportedModelException($"layer '{name}': NanoRnn has attention to values, with keys or without, whose scores are dot products, or additive with a scale.");
        Expect(name, weights, isScaled ? 1 : 0, fewestDimensions: isAdditive ? 1 : 0);
        return _builder.Attention(name, inputs[0], inputs[1], inputs[^1], isScaled ? weights[0] : null, isAdditive);
    }

    private string Bidirectional(string type, string name, JsonElement config, string input, IReadOnlyList<Tensor> weights, string? mergeMode)
    {
        var hasBias = config.Flag("use_bias", fallback: true);
        if (type is not ("LSTM" or "GRU" or "SimpleRNN") || mergeMode is not ("concat" or "sum" or "mul" or "ave"))
            throw new UnsupportedModelException($"layer '{name}': NanoRnn imports a bidirectional LSTM, GRU or SimpleRNN that concatenates, adds, multiplies or averages, found {type} with '{mergeMode}'.");
        Expect(name, weights, hasBias ? 6 : 4);
        if (mergeMode != "concat")
            return _builder.MergeHalves(name, Bidirectional(type, name + "/both", config, input, weights, "concat"), mergeMode);
        return _builder.Recurrent(name, Input(input, weights[0].Shape[0]), Options(type, name, config) with { GoesBackwards = false }, [Cell(weights, 0), Cell(weights, weights.Count / 2)]);
    }

    private static RecurrentOptions Options(string type, string name, JsonElement config)
    {
        var options = new RecurrentOptions(type == "SimpleRNN" ? "RNN" : type, config.Size("units"))
        {
            ReturnsSequences = config.Flag("return_sequences"),
            GoesBackwards = config.Flag("go_backwards"),
            ResetsAfter = config.Flag("reset_after", fallback: true),
            Activation = Function("activation", "tanh"),
            RecurrentActivation = Function("recurrent_activation", "sigmoid"),
        };
        if (options is { GoesBackwards: true, ReturnsSequences: true })
            throw new UnsupportedModelException($"layer '{name}': gives a sequence backwards, which the tool does not import. Write GoBackwards = true by hand, and load the weights (docs/from-keras.md).");
        return options;

        ScalarFunction Function(string option, string fallback) => KerasFunctions.Find(config.Has(option) ? Activation(config, option) : fallback)
            ?? throw new UnsupportedModelException($"layer '{name}': NanoRnn has no activation for '{Activation(config, option)}'.");
    }

    /// <summary>The model's input if the layer is the first, else what it is given.</summary>
    private string Input(string given, int? features) => given.Length > 0 ? given : _builder.Graph.Inputs.Count > 0 ? "input" : _builder.Input(features);

    private string Given(string input, string name) => input.Length > 0 ? input : _builder.Graph.Inputs.Count > 0 ? "input" : throw new UnsupportedModelException($"layer '{name}': stands first, where the number of features is not known. Put a layer with weights first.");

    private static RecurrentCell Cell(IReadOnlyList<Tensor> weights, int start) =>
        new(weights[start].Values, weights[start + 1].Values, weights.Count % 3 == 0 ? weights[start + 2].Values : null);

    private static void Expect(string name, IReadOnlyList<Tensor> weights, int count, int fewestDimensions = 1)
    {
        if (weights.Count != count || weights.Any(tensor => tensor.Rank < fewestDimensions))
            throw new ToolException($"layer '{name}': expected {count} tensors, found {weights.Count}: {string.Join(' ', weights.Select(tensor => Tensor.Describe(tensor.Shape)))}.");
    }

    /// <summary>An activation by name; one with a configuration of its own has its class's name.</summary>
    private static string? Activation(JsonElement config, string option) => !config.Has(option) ? null
        : config.Text(option) ?? (config.Member(option).Text("class_name") is { } type ? KerasModel.SnakeCase(type) : config.Member(option).ToString());

    /// <summary>The layers that a list of inputs names: lists that begin with a name and two numbers, however deep they lie.</summary>
    private static List<string> Histories(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
            return [.. element.EnumerateObject().SelectMany(member => Histories(member.Value))];
        if (element.ValueKind != JsonValueKind.Array)
            return [];
        JsonElement[] items = [.. element.EnumerateArray()];
        return items is [{ ValueKind: JsonValueKind.String }, { ValueKind: JsonValueKind.Number }, { ValueKind: JsonValueKind.Number }, ..] ? [items[0].GetString()!] : [.. items.SelectMany(Histories)];
    }
}
