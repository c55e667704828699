using System.Text.RegularExpressions;
using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Recognition;

namespace NanoRnn.Tool.Formats;

/// <summary>
/// Puts tensors with PyTorch's names under the layers of a line. A file does not say in which order layers are, so their shapes have to; where
/// they leave a choice, the file is refused.
/// </summary>
internal static partial class TorchModel
{
    /// <summary>The graph.</summary>
    /// <param name="tensors">Tensors by their names in PyTorch.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    public static OperatorGraph Build(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyList<LayerLine> layers, long fileLength)
    {
        var modules = Modules(tensors);
        var withWeights = layers.Where(layer => layer.HasWeights).ToArray();
        var found = new List<string[]>();
        Match([]);
        if (found.Count != 1)
            throw new ToolException($"expected tensors for {string.Join(", ", withWeights.Select(layer => $"{layer.Kind} {string.Join(' ', layer.Numbers)}".Trim()))}, which {(found.Count == 0 ? "none of" : "several orders of")} " +
                $"the file's fit: {string.Join(", ", tensors.Select(tensor => $"{tensor.Key} {Tensor.Describe(tensor.Value.Shape)}"))}.");

        var builder = new GraphBuilder(fileLength);
        var chosen = new Queue<string>(found[0]);
        var value = builder.Input(layers[0].Kind == "embedding" ? null : InputSize(modules[found[0][0]], withWeights[0]));
        for (var i = 0; i < layers.Count; i++)
            value = Add(builder, value, layers[i], !layers[i].HasWeights ? null : modules[chosen.Dequeue()], $"{layers[i].Kind}_{i}");
        builder.Output(value);
        return builder.Graph;

        void Match(string[] taken)
        {
            if (found.Count > 1)
                return;
            if (taken.Length == withWeights.Length)
            {
                if (taken.Length == modules.Count)
                    found.Add(taken);
                return;
            }

            var above = taken.Length == 0 ? (int?)null : OutputSize(modules[taken[^1]], withWeights[taken.Length - 1]);
            foreach (var name in modules.Keys.Except(taken, StringComparer.Ordinal).Where(name => Fits(modules[name], withWeights[taken.Length], above)).ToArray())
                Match([.. taken, name]);
        }
    }

    /// <summary>Tensors by their modules, and levels of recurrent ones, and by their names there.</summary>
    public static Dictionary<string, Dictionary<string, Tensor>> Modules(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var modules = new Dictionary<string, Dictionary<string, Tensor>>(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors)
        {
            var match = RecurrentName().Match(name);
            var dot = name.LastIndexOf('.');
            var (module, part) = match.Success ? ($"{match.Groups["module"].Value}#{match.Groups["level"].Value}", match.Groups["tensor"].Value + match.Groups["direction"].Value)
                : (dot < 0 ? "" : name[..dot], name[(dot + 1)..]);
            if (!modules.TryGetValue(module, out var parts))
                modules.Add(module, parts = new(StringComparer.Ordinal));
            parts[part] = tensor;
        }

        return modules;
    }

    private static bool Fits(Dictionary<string, Tensor> module, LayerLine layer, int? inputs)
    {
        if (layer.IsRecurrent)
        {
            var directions = layer.Has("bidirectional") ? 2 : 1;
            return module.Count == directions * (layer.Has("no_bias") ? 2 : 4) && module.TryGetValue("weight_ih", out var kernel) && kernel.Rank == 2
                && kernel.Shape[0] == Gates(layer) * layer.Units && (inputs is null || kernel.Shape[1] == inputs) && module.ContainsKey("weight_hh_reverse") == (directions == 2);
        }

        if (!module.TryGetValue("weight", out var weight) || module.Count != (layer.Kind == "embedding" || layer.Has("no_bias") ? 1 : 2))
            return false;
        return layer.Kind switch
        {
            "dense" => weight.Rank == 2 && weight.Shape[0] == layer.Units && (inputs is null || weight.Shape[1] == inputs),
            "embedding" => weight.Rank == 2 && weight.Shape[0] == layer.Units && weight.Shape[1] == (int)layer.Numbers[1],
            _ => weight.Rank == 1 && (inputs is null || weight.Count == inputs),
        };
    }

    private static int InputSize(Dictionary<string, Tensor> module, LayerLine layer) => module[layer.IsRecurrent ? "weight_ih" : "weight"].Shape[^1];

    private static int OutputSize(Dictionary<string, Tensor> module, LayerLine layer) => layer.Kind switch
    {
        "layer_norm" => module["weight"].Count,
        "embedding" => (int)layer.Numbers[1],
        _ => layer.Units * (layer.Has("bidirectional") ? 2 : 1),
    };

    private static string Add(GraphBuilder builder, string value, LayerLine layer, Dictionary<string, Tensor>? module, string name)
    {
        if (module is null)
            return builder.Activation(name, value, layer.Activation);
        if (layer.IsRecurrent)
        {
            string[] directions = layer.Has("bidirectional") ? ["", "_reverse"] : [""];
            var options = new RecurrentOptions(layer.Kind.ToUpperInvariant(), layer.Units) { ReturnsSequences = layer.Has("sequences"), GoesBackwards = layer.Has("backwards") };
            if (layer.Activation is { } activation)
                options = options with { Activation = KerasFunctions.Find(activation)! };
            return builder.Recurrent(name, value, options, [.. directions.Select(direction => Cell(module, layer.Kind, direction))]);
        }

        return layer.Kind switch
        {
            "dense" => builder.Activation(name + "/activation", builder.Dense(name, value, Operators.Products.Transposed(module["weight"]), module.GetValueOrDefault("bias")), layer.Activation),
            "embedding" => builder.Embedding(name, value, module["weight"]),
            _ => builder.LayerNormalization(name, value, module["weight"], module.GetValueOrDefault("bias") ?? new Tensor(module["weight"].Shape, new double[module["weight"].Count]), 1e-5),
        };
    }

    /// <summary>A direction's weights. PyTorch's matrices are the transposes, its GRU has reset before update, and it has two biases of each.</summary>
    public static RecurrentCell Cell(IReadOnlyDictionary<string, Tensor> module, string kind, string direction = "")
    {
        var gates = kind == "lstm" ? 4 : kind == "gru" ? 3 : 1;
        var units = Tensor("weight_hh").Shape[^1];
        var order = kind == "gru" ? (int[])[1, 0, 2] : [.. Enumerable.Range(0, gates)];
        int[] rows = [.. order.SelectMany(gate => Enumerable.Range(gate * units, units))];
        return new(Columns(Tensor("weight_ih")), Columns(Tensor("weight_hh")), Bias());

        Tensor Tensor(string name) => module.TryGetValue(name + direction, out var tensor) && tensor.Count > 0 ? tensor
            : throw new ToolException($"expected a tensor '{name}{direction}', found {string.Join(", ", module.Keys)}.");

        double[] Columns(Tensor matrix)
        {
            if (matrix.Rank != 2 || matrix.Shape[0] != rows.Length)
                throw new ToolException($"expected a matrix of {rows.Length} rows, found {Graphs.Tensor.Describe(matrix.Shape)}.");
            var columns = matrix.Shape[1];
            var result = new double[matrix.Count];
            for (var i = 0; i < result.Length; i++)
                result[i] = matrix.Values[rows[i % rows.Length] * columns + i / rows.Length];
            return result;
        }

        double[]? Bias()
        {
            if (!module.ContainsKey("bias_ih" + direction))
                return null;
            var (ofInput, ofState) = (Tensor("bias_ih").Values, Tensor("bias_hh").Values);
            if (ofInput.Length != rows.Length || ofState.Length != rows.Length)
                throw new ToolException($"expected biases of {rows.Length} numbers, found {ofInput.Length} and {ofState.Length}.");
            return kind == "gru" ? [.. rows.Select(row => ofInput[row]), .. rows.Select(row => ofState[row])] : [.. rows.Select(row => ofInput[row] + ofState[row])];
        }
    }

    private static int Gates(LayerLine layer) => layer.Kind == "lstm" ? 4 : layer.Kind == "gru" ? 3 : 1;

    [GeneratedRegex(@"^(?<module>.*?)\.?(?<tensor>weight_ih|weight_hh|bias_ih|bias_hh)_l(?<level>\d+)(?<direction>_reverse)?$")]
    private static partial Regex RecurrentName();
}
