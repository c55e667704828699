using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Operators;
using NanoRnn.Tool.Recognition;

namespace NanoRnn.Tool.Formats;

/// <summary>
/// Says layers of formats that have layers as operators. Weights come as NanoRnn, and Keras, have them; what flows is one sequence × steps ×
/// features, or one vector.
/// </summary>
/// <param name="fileLength">Bytes of the file.</param>
internal sealed class GraphBuilder(long fileLength)
{
    private static readonly long[] FeaturesAndSteps = [0, 2, 1];
    private static readonly long[] StepAxis = [1];

    public OperatorGraph Graph { get; } = new() { ElementLimit = (1 << 22) + 4 * fileLength };

    /// <summary>The model's input.</summary>
    /// <param name="features">Features of a step; null for tokens.</param>
    public string Input(int? features)
    {
        Graph.Inputs.Add(features is null ? new("input", [1, null], IsInteger: true) : new("input", [1, null, features]));
        return "input";
    }

    public void Output(string value) => Graph.Outputs.Add(value);

    public string Dense(string name, string input, Tensor kernel, Tensor? bias)
    {
        Check(name, kernel, 2);
        var product = Graph.Add("MatMul", bias is null ? name : name + "/product", [input, Graph.AddConstant(name + "/kernel", kernel)]);
        if (bias is null)
            return product;
        Check(name, bias, [kernel.Shape[1]]);
        return Graph.Add("Add", name, [product, Graph.AddConstant(name + "/bias", bias)]);
    }

    /// <summary>A convolution over time.</summary>
    /// <param name="name">Name of the layer.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="kernel">Kernel size × inputs × outputs.</param>
    /// <param name="bias">Outputs; null for none.</param>
    /// <param name="padding">Keras's word.</param>
    /// <param name="strides">Steps from one output to the next.</param>
    /// <param name="dilation">Steps from one that it sees to the next.</param>
    /// <param name="groups">Groups of filters.</param>
    public string Convolution(string name, string input, Tensor kernel, Tensor? bias, string padding, int strides, int dilation, int groups)
    {
        Check(name, kernel, 3);
        if (bias is not null)
            Check(name, bias, [kernel.Shape[2]]);
        var size = kernel.Shape[0];
        var steps = Graph.Add("Transpose", name + "/steps", [input], ("perm", FeaturesAndSteps));
        var constant = Graph.AddConstant(name + "/kernel", Products.Reversed(kernel));
        string[] operands = bias is null ? [steps, constant] : [steps, constant, Graph.AddConstant(name + "/bias", bias)];
        var convolution = Graph.Add(
            "Conv", name + "/convolution", operands, ("kernel_shape", new[] { (long)size }), ("strides", new[] { (long)strides }), ("dilations", new[] { (long)dilation }), ("group", (long)groups),
            ("pads", new[] { padding == "causal" ? (size - 1L) * dilation : 0, 0 }), ("auto_pad", padding == "same" ? "SAME_UPPER" : "NOTSET"));
        return Graph.Add("Transpose", name, [convolution], ("perm", FeaturesAndSteps));
    }

    /// <summary>The largest value or the mean of windows of steps.</summary>
    public string Pooling(string name, string input, string kind, int size, int strides, string padding)
    {
        var pooled = Graph.Add(
            kind, name + "/pooling", [Graph.Add("Transpose", name + "/steps", [input], ("perm", FeaturesAndSteps))], ("kernel_shape", new[] { (long)size }), ("strides", new[] { (long)strides }),
            ("auto_pad", padding == "same" ? "SAME_UPPER" : "NOTSET"));
        return Graph.Add("Transpose", name, [pooled], ("perm", FeaturesAndSteps));
    }

    public string GlobalPooling(string name, string input, string kind, bool keepsSteps) =>
        Graph.Add(kind, name, [input], ("axes", StepAxis), ("keepdims", keepsSteps ? 1L : 0L));

    public string SlopedRelu(string name, string input, Tensor slopes) => Graph.Add("PRelu", name, [input, Graph.AddConstant(name + "/alpha", slopes.Reshape(slopes.Count))]);

    public string Scaled(string name, string input, double factor) => Graph.Add("Mul", name, [input, Graph.AddConstant(name + "/factor", new Tensor([], [factor]))]);

    /// <summary>A batch normalization with the statistics of training.</summary>
    /// <param name="name">Name of the layer.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="weights">Factors and offsets as far as it has them, means, variances.</param>
    /// <param name="hasScale">Whether it has factors.</param>
    /// <param name="hasOffset">Whether it has offsets.</param>
    /// <param name="epsilon">What is added to variances.</param>
    public string BatchNormalization(string name, string input, IReadOnlyList<Tensor> weights, bool hasScale, bool hasOffset, double epsilon)
    {
        if (weights.Count != 2 + (hasScale ? 1 : 0) + (hasOffset ? 1 : 0) || weights.Any(tensor => tensor.Rank != 1 || tensor.Count != weights[0].Count))
            throw new ToolException($"layer '{name}': expected vectors of factors, offsets, means and variances, found {string.Join(' ', weights.Select(tensor => Tensor.Describe(tensor.Shape)))}.");
        double[] scale = [.. weights[^1].Values.Select((variance, i) => (hasScale ? weights[0].Values[i] : 1) / Math.Sqrt(variance + epsilon))];
        double[] offset = [.. scale.Select((factor, i) => (hasOffset ? weights[^3].Values[i] : 0) - weights[^2].Values[i] * factor)];
        var scaled = Graph.Add("Mul", name + "/scaled", [input, Graph.AddConstant(name + "/scale", Tensor.Vector(scale))]);
        return Graph.Add("Add", name, [scaled, Graph.AddConstant(name + "/offset", Tensor.Vector(offset))]);
    }

    /// <summary>Attention of a query to values by their keys.</summary>
    public string Attention(string name, string query, string value, string key, Tensor? scale, bool isAdditive)
    {
        var scores = isAdditive ? Graph.Add(AdditiveScores.Kind, name + "/scores", [query, key, Graph.AddConstant(name + "/scale", scale!)])
            : Graph.Add("MatMul", name + "/scores", [query, Graph.Add("Transpose", name + "/keys", [key], ("perm", FeaturesAndSteps))]);
        if (!isAdditive && scale is not null)
            scores = Scaled(name + "/scaled", scores, scale.Count == 1 ? scale.Values[0] : throw new ToolException($"layer '{name}': expected one scale, found {scale.Count}."));
        return Graph.Add("MatMul", name, [Graph.Add("Softmax", name + "/weights", [scores]), value]);
    }

    /// <summary>The two directions of a layer, which lie side by side, as one.</summary>
    public string MergeHalves(string name, string both, string mode)
    {
        string[] halves = [name + "/forward", name + "/backward"];
        var split = new OperatorNode("Split", name + "/halves", [both], halves);
        split.Attributes["axis"] = -1L;
        Graph.Nodes.Add(split);
        return mode == "ave" ? Scaled(name, Merge(name + "/sum", "Add", halves), 0.5) : Merge(name, mode == "mul" ? "Mul" : "Add", halves);
    }

    public string Embedding(string name, string input, Tensor table)
    {
        Check(name, table, 2);
        return Graph.Add("Gather", name, [Graph.AddConstant(name + "/embeddings", table), input]);
    }

    public string LayerNormalization(string name, string input, Tensor gamma, Tensor beta, double epsilon) =>
        Graph.Add("LayerNormalization", name, [input, Graph.AddConstant(name + "/gamma", gamma), Graph.AddConstant(name + "/beta", beta)], ("epsilon", epsilon));

    /// <summary>A function by its name in Keras, or what it is given unchanged.</summary>
    public string Activation(string name, string input, string? activation)
    {
        if (activation is null or "" or "linear")
            return input;
        return activation == "softmax" ? Graph.Add("Softmax", name, [input]) : Function(name, input, KerasFunctions.Find(activation) ?? throw Unknown(name, activation));
    }

    public string Function(string name, string input, ScalarFunction function) =>
        Graph.Add(function.Name, name, [input], ("alpha", function.Alpha), ("beta", function.Beta));

    public string Merge(string name, string kind, params string[] inputs) =>
        kind == "Concat" ? Graph.Add(kind, name, inputs, ("axis", -1L)) : inputs.Skip(1).Aggregate(inputs[0], (left, right) => Graph.Add(kind, right == inputs[^1] ? name : $"{name}/{right}", [left, right]));

    /// <summary>A recurrent layer.</summary>
    public string Recurrent(string name, string input, RecurrentOptions options, IReadOnlyList<RecurrentCell> cells)
    {
        var (gates, order) = options.Kind switch { "LSTM" => (4, new[] { 0, 3, 1, 2 }), "GRU" => (3, [0, 1, 2]), _ => (1, new[] { 0 }) };
        var (units, width) = (options.Units, gates * options.Units);
        int[] columns = [.. order.SelectMany(gate => Enumerable.Range(gate * units, units))];
        foreach (var cell in cells)
            if (cell.RecurrentKernel.Length != units * width || cell.Kernel.Length == 0 || cell.Kernel.Length % width != 0 || cell.Kernel.Length != cells[0].Kernel.Length
                || cell.Bias is { } bias && bias.Length != width && (bias.Length != 2 * width || options.Kind != "GRU"))
                throw new ToolException($"layer '{name}': its tensors do not have the sizes of {gates} gates of {units} units.");
        var features = cells[0].Kernel.Length / width;
        var inputs = new List<string>
        {
            input, Constant("W", [cells.Count, width, features], cell => Transposed(cell.Kernel)), Constant("R", [cells.Count, width, units], cell => Transposed(cell.RecurrentKernel)),
            Constant("B", [cells.Count, 2 * width], Biases),
        };
        if (options.InitialHidden is not null)
            inputs.AddRange(["", State("h", options.InitialHidden)]);
        if (options.InitialCell is not null)
            inputs.Add(State("c", options.InitialCell));
        var activations = Enumerable.Repeat<ScalarFunction[]>(options.Kind == "RNN" ? [options.Activation] : options.Kind == "GRU" ? [options.RecurrentActivation, options.Activation]
            : [options.RecurrentActivation, options.Activation, options.Activation], cells.Count).SelectMany(functions => functions).ToArray();
        var node = new OperatorNode(options.Kind, name, [.. inputs], [name + "/sequence", name + "/last"]);
        node.Attributes["direction"] = cells.Count == 2 ? "bidirectional" : options.GoesBackwards ? "reverse" : "forward";
        node.Attributes["hidden_size"] = (long)units;
        node.Attributes["layout"] = 1L;
        node.Attributes["linear_before_reset"] = options.ResetsAfter ? 1L : 0L;
        node.Attributes["activations"] = Array.ConvertAll(activations, function => function.Name);
        node.Attributes["activation_alpha"] = activations.Where(function => function.Name is "LeakyRelu" or "ThresholdedRelu" or "HardSigmoid" or "Elu").Select(function => function.Alpha).ToArray();
        node.Attributes["activation_beta"] = activations.Where(function => function.Name == "HardSigmoid").Select(function => function.Beta).ToArray();
        Graph.Nodes.Add(node);
        var shape = Graph.AddConstant(name + "/shape", options.ReturnsSequences ? Tensor.Integers(0, 0, -1) : Tensor.Integers(0, -1));
        return Graph.Add("Reshape", name, [options.ReturnsSequences ? name + "/sequence" : name + "/last", shape]);

        string Constant(string part, int[] shape, Func<RecurrentCell, double[]> values) => Graph.AddConstant($"{name}/{part}", new Tensor(shape, [.. cells.SelectMany(values)]));

        string State(string part, double[] values) => Graph.AddConstant($"{name}/{part}", new Tensor([1, 1, units], values));

        double[] Transposed(double[] matrix)
        {
            var rows = matrix.Length / width;
            var result = new double[matrix.Length];
            for (var i = 0; i < result.Length; i++)
                result[i] = matrix[i % rows * width + columns[i / rows]];
            return result;
        }

        double[] Biases(RecurrentCell cell)
        {
            var bias = cell.Bias ?? new double[width];
            var ofState = bias.Length == 2 * width ? bias[width..] : new double[width];
            return [.. columns.Select(column => bias[column]), .. columns.Select(column => ofState[column])];
        }
    }

    private static void Check(string name, Tensor tensor, int rank)
    {
        if (tensor.Rank != rank || tensor.Count == 0)
            throw new ToolException($"layer '{name}': expected a tensor of {rank} dimensions, found {Tensor.Describe(tensor.Shape)}.");
    }

    private static void Check(string name, Tensor tensor, int[] shape)
    {
        if (!tensor.Shape.AsSpan().SequenceEqual(shape))
            throw new ToolException($"layer '{name}': expected a tensor {Tensor.Describe(shape)}, found {Tensor.Describe(tensor.Shape)}.");
    }

    private static UnsupportedModelException Unknown(string name, string activation) =>
        new($"layer '{name}': NanoRnn has no activation for '{activation}'. Write it as a function (docs/functions.md).");
}
