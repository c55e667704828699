using System.Text.RegularExpressions;
using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Operators;
using NanoRnn.Tool.Recognition;

namespace NanoRnn.Tool.Formats;

/// <summary>
/// Puts tensors with PyTorch's names under the layers of a line. A file does not say in which order layers are, so their shapes have to; where
/// they leave a choice, the file is refused.
/// </summary>
internal static partial class TorchModel
{
    /// <summary>PyTorch's, which Keras's is not.</summary>
    private const string Epsilon = "epsilon:1e-5";

    /// <summary>The graph.</summary>
    /// <param name="tensors">Tensors by their names in PyTorch.</param>
    /// <param name="list">The layers.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    public static OperatorGraph Build(IReadOnlyDictionary<string, Tensor> tensors, LayerList list, long fileLength)
    {
        var modules = Modules(tensors);
        var found = new List<string[]>();
        Match([], [null]);
        if (found.Count != 1)
            throw new ToolException($"expected tensors for {string.Join(", ", list.WithWeights.Select(layer => $"{layer.Kind.Word} {string.Join(' ', layer.Numbers)}".Trim()))}, which {(found.Count == 0 ? "none of" : "several orders of")} " +
                $"the file's fit: {string.Join(", ", tensors.Select(tensor => $"{tensor.Key} {Tensor.Describe(tensor.Value.Shape)}"))}.");
        var layers = list.Layers.Select(layer => layer.Kind.Word == "layer_norm" && layer.Text("epsilon") is null ? layer with { Words = [.. layer.Words, Epsilon] } : layer)
            .Select(layer => layer with { Words = [.. layer.Words.Where(word => !word.StartsWith("from:", StringComparison.Ordinal))] }).ToArray();
        var weights = list.WithWeights.Zip(found[0], (layer, module) => (layer.Name, Weights(layer, modules[module])));
        return KerasGraph.Build(list with { Layers = layers }, KerasWeights.Of(weights), fileLength);

        // Sizes are those of the input and of every layer so far.
        void Match(string[] taken, int?[] sizes)
        {
            if (found.Count > 1)
                return;
            if (sizes.Length > list.Layers.Count)
            {
                if (taken.Length == modules.Count)
                    found.Add(taken);
                return;
            }

            var layer = list.Layers[sizes.Length - 1];
            var inputs = layer.Inputs.Select(input => sizes[input + 1]).ToArray();
            var size = layer.Kind.Word == "concatenate" ? inputs.Aggregate((sum, input) => sum + input) : inputs[0];
            if (!layer.Kind.HasWeights)
            {
                Match(taken, [.. sizes, size]);
                return;
            }

            foreach (var name in modules.Keys.Except(taken, StringComparer.Ordinal).Where(name => layer.Source is null || name.Split('#')[0] == layer.Source || name == layer.Source).ToArray())
                if (Fits(modules[name], layer, size))
                    Match([.. taken, name], [layer.Inputs is [-1] && layer.Kind.Word != "embedding" ? InputSize(modules[name], layer) : sizes[0], .. sizes[1..], OutputSize(modules[name], layer)]);
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
        if (layer.Kind.IsRecurrent)
        {
            var directions = layer.Has("bidirectional") ? 2 : 1;
            return module.Count == directions * (layer.Has("no_bias") ? 2 : 4) && module.TryGetValue("weight_ih", out var kernel) && kernel.Rank == 2
                && kernel.Shape[0] == Gates(layer.Kind.Word) * layer.Units && (inputs is null || kernel.Shape[1] == inputs) && module.ContainsKey("weight_hh_reverse") == (directions == 2);
        }

        if (!module.TryGetValue("weight", out var weight) || module.Count != (layer.Kind.Word is "embedding" or "p_relu" || layer.Has("no_bias") ? 1 : 2))
            return false;
        return layer.Kind.Word switch
        {
            "dense" => weight.Rank == 2 && weight.Shape[0] == layer.Units && (inputs is null || weight.Shape[1] == inputs),
            "conv1d" => weight.Rank == 3 && weight.Shape[0] == layer.Units && weight.Shape[2] == (int)layer.Numbers[1] && (inputs is null || weight.Shape[1] == inputs),
            "embedding" => weight.Rank == 2 && weight.Shape[0] == layer.Units && weight.Shape[1] == (int)layer.Numbers[1],
            _ => weight.Rank == 1 && (inputs is null || weight.Count == inputs),
        };
    }

    private static int InputSize(Dictionary<string, Tensor> module, LayerLine layer) => module[layer.Kind.IsRecurrent ? "weight_ih" : "weight"] is { Rank: 3 } kernel ? kernel.Shape[1]
        : module[layer.Kind.IsRecurrent ? "weight_ih" : "weight"].Shape[^1];

    private static int OutputSize(Dictionary<string, Tensor> module, LayerLine layer) => layer.Kind.Word switch
    {
        "layer_norm" or "p_relu" => module["weight"].Count,
        "embedding" => (int)layer.Numbers[1],
        _ => layer.Units * (layer.Has("bidirectional") ? 2 : 1),
    };

    /// <summary>A module's tensors as Keras has them.</summary>
    private static FileTensor[] Weights(LayerLine layer, Dictionary<string, Tensor> module)
    {
        if (layer.Kind.IsRecurrent)
        {
            string[] directions = layer.Has("bidirectional") ? ["", "_reverse"] : [""];
            return [.. directions.SelectMany(direction => Recurrent(Cell(module, layer.Kind.Word, direction), layer.Units, direction))];
        }

        var weight = module["weight"];
        return
        [
            Named("weight", weight.Rank == 3 ? Products.Reversed(weight) : layer.Kind.Word == "dense" ? Products.Transposed(weight) : weight),
            .. module.TryGetValue("bias", out var bias) ? (FileTensor[])[Named("bias", bias)] : [],
        ];

        static IEnumerable<FileTensor> Recurrent(RecurrentCell cell, int units, string direction)
        {
            yield return Named("kernel" + direction, new Tensor([cell.Kernel.Length / (cell.RecurrentKernel.Length / units), cell.RecurrentKernel.Length / units], cell.Kernel));
            yield return Named("recurrent_kernel" + direction, new Tensor([units, cell.RecurrentKernel.Length / units], cell.RecurrentKernel));
            if (cell.Bias is { } bias)
                yield return Named("bias" + direction, Tensor.Vector(bias));
        }

        static FileTensor Named(string name, Tensor tensor) => new(name, "F64", tensor, 0);
    }

    /// <summary>A direction's weights. PyTorch's matrices are the transposes, its GRU has reset before update, and it has two biases of each.</summary>
    public static RecurrentCell Cell(IReadOnlyDictionary<string, Tensor> module, string kind, string direction = "")
    {
        var gates = Gates(kind);
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

    private static int Gates(string kind) => kind == "lstm" ? 4 : kind == "gru" ? 3 : 1;

    [GeneratedRegex(@"^(?<module>.*?)\.?(?<tensor>weight_ih|weight_hh|bias_ih|bias_hh)_l(?<level>\d+)(?<direction>_reverse)?$")]
    private static partial Regex RecurrentName();
}
