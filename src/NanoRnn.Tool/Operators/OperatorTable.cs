using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>What each operator computes.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Func<OperatorCall, Tensor>> Single = new(StringComparer.Ordinal)
    {
        ["Identity"] = Movement.Identity, ["Dropout"] = Movement.Identity, ["Reshape"] = Movement.Reshape, ["Flatten"] = Movement.Flatten,
        ["Squeeze"] = Movement.Squeeze, ["Unsqueeze"] = Movement.Unsqueeze, ["Transpose"] = Movement.Transpose, ["Slice"] = Movement.Slice,
        ["Gather"] = Movement.Gather, ["Concat"] = Movement.Concat, ["Expand"] = Movement.Expand, ["Tile"] = Movement.Tile, ["Pad"] = call => Movement.Pad(call, zero: 0),
        ["Where"] = Elementwise.Where, ["Cast"] = Elementwise.Cast, ["BatchNormalization"] = Elementwise.BatchNormalization,
        ["Softmax"] = Reductions.Softmax, ["LayerNormalization"] = Reductions.LayerNormalization,
        ["MaxPool"] = Pooling.Pool, ["AveragePool"] = Pooling.Pool, ["GlobalMaxPool"] = Pooling.Global, ["GlobalAveragePool"] = Pooling.Global, ["PRelu"] = Elementwise.SlopedRelu,
        [AdditiveScores.Kind] = AdditiveScores.Run,
        ["MatMul"] = Products.MatMul, ["Gemm"] = Products.Gemm, ["Conv"] = Products.Conv,
        ["Constant"] = Constant, ["ConstantOfShape"] = ConstantOfShape, ["Range"] = Range,
        ["Shape"] = call => ShapeOf(call), ["Size"] = call => new Tensor([], [call[0].Count], isInteger: true),
    };

    /// <summary>Operators that only move elements, whatever these are.</summary>
    private static readonly HashSet<string> Moving =
    [
        "Identity", "Dropout", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Slice", "Gather", "Concat", "Expand", "Tile", "Split",
    ];

    /// <summary>Whether an operator only moves elements of its first input, or of all inputs of a concatenation.</summary>
    public static bool IsMoving(OperatorNode node) => Moving.Contains(node.Kind);

    /// <summary>Computes an operator.</summary>
    /// <exception cref="UnsupportedModelException">It is none that the tool knows.</exception>
    /// <exception cref="ToolException">Its inputs are not what the format demands.</exception>
    public static Tensor[] Run(OperatorCall call)
    {
        var kind = call.Node.Kind;
        if (Single.TryGetValue(kind, out var function))
            return [function(call)];
        if (kind is "LSTM" or "GRU" or "RNN")
            return RecurrentLayers.Run(call);
        if (kind == "Split")
            return Movement.Split(call);
        if (Reductions.Find(kind) is not null)
            return [Reductions.Reduce(call)];
        if (Elementwise.Find(kind, isInteger: false) is not null)
            return [Elementwise.Combine(call)];
        return Functions.Of(call) is { } scalar ? [Elementwise.Map(call, scalar)] : throw Unknown(call.Node);
    }

    /// <summary>For an operator that the tool does not know.</summary>
    public static UnsupportedModelException Unknown(OperatorNode node) => new(
        $"node {node}: NanoRnn has no layer for the operator {node.Kind}. Cut the model there, or write the layer by hand (docs/import.md).");

    private static Tensor Constant(OperatorCall call) =>
        call.Node.Attributes.GetValueOrDefault("value") is Tensor tensor ? tensor
        : call.Node.Attributes.GetValueOrDefault("value_int") is long integer ? new Tensor([], [integer], isInteger: true)
        : call.Node.Attributes.GetValueOrDefault("value_float") is double number ? new Tensor([], [number])
        : call.Node.Attributes.GetValueOrDefault("value_ints") is long[] integers ? new Tensor([integers.Length], Array.ConvertAll(integers, value => (double)value), isInteger: true)
        : call.Node.Attributes.GetValueOrDefault("value_floats") is double[] numbers ? Tensor.Vector(numbers)
        : throw call.Error("expected a constant of numbers");

    private static Tensor ConstantOfShape(OperatorCall call)
    {
        var shape = call[0].ToIntegers();
        var values = call.Allocate(shape);
        var value = call.Node.Attribute<Tensor?>("value", null);
        Array.Fill(values, value is { Count: > 0 } ? value.Values[0] : 0);
        return new Tensor(shape, values, value?.IsInteger ?? false);
    }

    private static Tensor Range(OperatorCall call)
    {
        call.Demand(call[0].Count == 1 && call[1].Count == 1 && call[2].Count == 1 && call[2].Values[0] != 0, "expected three numbers, the last not zero");
        var (start, limit, delta) = (call[0].Values[0], call[1].Values[0], call[2].Values[0]);
        var values = call.Allocate([(int)Math.Clamp(Math.Ceiling((limit - start) / delta), 0, int.MaxValue)]);
        for (var i = 0; i < values.Length; i++)
            values[i] = start + i * delta;
        return new Tensor([values.Length], values, call[0].IsInteger);
    }

    private static Tensor ShapeOf(OperatorCall call)
    {
        var shape = call[0].Shape;
        var (start, end) = (call.Node.Integer("start", 0), call.Node.Integer("end", shape.Length));
        start = Math.Clamp(start < 0 ? start + shape.Length : start, 0, shape.Length);
        end = Math.Clamp(end < 0 ? end + shape.Length : end, start, shape.Length);
        return Tensor.Integers(shape[start..end]);
    }
}
