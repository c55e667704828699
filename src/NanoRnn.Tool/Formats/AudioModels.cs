using System.Text.Json;
using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Recognition;

namespace NanoRnn.Tool.Formats;

/// <summary>Reads the JSON files of audio plug-ins: RTNeural's, GuitarML's and Neural Amp Modeler's.</summary>
internal static class AudioModels
{
    public static ModelFile Read(byte[] file)
    {
        var root = JsonNumbers.Parse(file);
        if (root.Has("architecture"))
            return ReadNam(root, file.Length);
        if (root.Has("state_dict"))
            return ReadGuitarMl(root, file.Length);
        return root.Has("layers") ? ReadRtNeural(root, file.Length)
            : throw new ToolException("expected JSON with 'layers' (RTNeural), 'state_dict' (GuitarML) or 'architecture' (.nam), found none of them.");
    }

    private static ModelFile ReadRtNeural(JsonElement root, long length)
    {
        var builder = new GraphBuilder(length);
        var tensors = new List<FileTensor>();
        var layers = root.List("layers");
        var features = root.List("in_shape") is [.., { ValueKind: JsonValueKind.Number } last] && last.TryGetInt32(out var size) && size > 0 ? size
            : throw new ToolException("expected the number of features at the end of 'in_shape', found none.");
        var value = builder.Input(features);
        for (var i = 0; i < layers.Length; i++)
        {
            var kind = layers[i].Text("type") ?? "";
            var name = $"{kind}_{i}";
            var weights = layers[i].Has("weights") ? layers[i].List("weights").Select(JsonNumbers.ToTensor).ToArray() : [];
            tensors.AddRange(weights.Select((tensor, part) => new FileTensor($"{name}.{part}", "JSON", tensor, 0)));
            var activation = layers[i].Text("activation");
            value = (kind, weights) switch
            {
                ("lstm" or "gru", [var kernel, var recurrent, var bias]) => builder.Recurrent(
                    name, value, new(kind.ToUpperInvariant(), recurrent.Shape[0]) { ReturnsSequences = true }, [new RecurrentCell(kernel.Values, recurrent.Values, bias.Values)]),
                ("dense" or "time-distributed-dense", [var kernel, var bias]) => builder.Activation($"{name}/activation", builder.Dense(name, value, kernel, bias), activation),
                ("activation", []) => builder.Activation(name, value, activation),
                _ => throw new UnsupportedModelException($"layer {i} '{kind}' with {weights.Length} tensors: NanoRnn has no layer for it. Cut the model there."),
            };
        }

        builder.Output(value);
        return new ModelFile("RTNeural JSON", builder.Graph, tensors, []);
    }

    private static ModelFile ReadGuitarMl(JsonElement root, long length)
    {
        var data = root.Member("model_data");
        var named = root.Member("state_dict").EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Value.ToTensor(), StringComparer.Ordinal);
        var modules = TorchModel.Modules(named);
        var (kind, units, count) = (data.Text("unit_type")?.ToLowerInvariant() ?? "", data.Size("hidden_size"), (int)data.Number("num_layers", 1));
        if (kind is not ("lstm" or "gru") || count is < 1 or > 64 || Enumerable.Range(0, count).Any(level => !modules.ContainsKey($"rec#{level}")) || !modules.TryGetValue("lin", out var head))
            throw new ToolException($"expected {count} levels 'rec' of an LSTM or GRU and a 'lin', found '{kind}' and {string.Join(", ", named.Keys)}.");
        var builder = new GraphBuilder(length);
        var input = builder.Input(data.Size("input_size"));
        var value = input;
        for (var level = 0; level < count; level++)
            value = builder.Recurrent($"{kind}_{level}", value, new(kind.ToUpperInvariant(), units) { ReturnsSequences = true }, [TorchModel.Cell(modules[$"rec#{level}"], kind)]);
        var weight = head.GetValueOrDefault("weight") is { Rank: 2 } found ? found : throw new ToolException("expected a matrix 'lin.weight', found none.");
        value = builder.Dense("lin", value, Operators.Products.Transposed(weight), head.GetValueOrDefault("bias"));
        if (data.Flag("skip"))
        {
            // The first feature, the sample itself, is added to the output.
            var graph = builder.Graph;
            string[] slice =
            [
                input, graph.AddConstant("skip/start", Tensor.Integers(0)), graph.AddConstant("skip/end", Tensor.Integers(weight.Shape[0])), graph.AddConstant("skip/axis", Tensor.Integers(-1)),
            ];
            value = builder.Merge("skip", "Add", value, graph.Add("Slice", "skip/input", slice));
        }

        builder.Output(value);
        return new ModelFile("GuitarML JSON", builder.Graph, [.. named.Select(tensor => new FileTensor(tensor.Key, "JSON", tensor.Value, 0))], []);
    }

    private static ModelFile ReadNam(JsonElement root, long length)
    {
        var architecture = root.Text("architecture");
        var weights = root.Member("weights").ToTensor();
        var metadata = new List<KeyValuePair<string, string>> { new("architecture", architecture ?? ""), new("version", root.Text("version") ?? "") };
        var tensors = new FileTensor[] { new("weights", "JSON", weights, 0) };
        if (architecture != "LSTM")
            throw new UnsupportedModelException($"architecture '{architecture}': NanoRnn has no layers for it. Train the amp as an LSTM.");
        var config = root.Member("config");
        var (count, inputs, units) = (config.Size("num_layers"), config.Size("input_size"), config.Size("hidden_size"));
        var builder = new GraphBuilder(length);
        var (value, place) = (builder.Input(inputs), 0);
        var features = inputs;
        for (var layer = 0; layer < count; layer++)
        {
            // Rows of gates i, f, g, o over input and state together; then biases, and the states that were learned.
            var joined = Take(4 * units * (features + units));
            var (kernel, recurrent) = (new double[features * 4 * units], new double[units * 4 * units]);
            for (var i = 0; i < joined.Length; i++)
            {
                var (row, column) = (i / (features + units), i % (features + units));
                if (column < features)
                    kernel[column * 4 * units + row] = joined[i];
                else
                    recurrent[(column - features) * 4 * units + row] = joined[i];
            }

            var cell = new RecurrentCell(kernel, recurrent, Take(4 * units));
            value = builder.Recurrent($"lstm_{layer}", value, new("LSTM", units) { ReturnsSequences = true, InitialHidden = Take(units), InitialCell = Take(units) }, [cell]);
            features = units;
        }

        value = builder.Dense("head", value, new Tensor([units, 1], Take(units)), new Tensor([1], Take(1)));
        if (place != weights.Count)
            throw new ToolException($"expected {place} weights for {count} layers of {units} units, found {weights.Count}.");
        builder.Output(value);
        return new ModelFile("NAM", builder.Graph, tensors, metadata);

        double[] Take(long needed)
        {
            if (place + needed > weights.Count)
                throw new ToolException($"expected more than {place + needed - 1} weights for {count} layers of {units} units, found {weights.Count}.");
            place += (int)needed;
            return weights.Values[(place - (int)needed)..place];
        }
    }
}
