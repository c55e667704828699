using NanoRnn.Storage;

namespace NanoRnn.Onnx.Export;

/// <summary>Attention as products and a softmax, with the batch before the steps.</summary>
/// <param name="graph">The graph.</param>
/// <param name="tensors">The model's tensors.</param>
internal sealed class AttentionWriter(GraphWriter graph, LayerTensors tensors)
{
    private const int StepAxis = 1;

    private static readonly long[] BatchFirst = [1, 0, 2];
    private static readonly long[] StepsLast = [1, 2, 0];

    /// <summary>Adds a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="query">One query, or one at every step.</param>
    /// <param name="value">The values.</param>
    /// <param name="key">Their keys.</param>
    public OnnxValue Add(LayerDescription layer, OnnxValue query, OnnxValue value, OnnxValue key)
    {
        var queries = query.Steps is null ? Node("Unsqueeze", query.Name, graph.Integers(StepAxis)) : Transposed(query.Name, BatchFirst);
        var scores = layer.Kind == "AdditiveAttention" ? AdditiveScores(layer, queries, key) : Node("MatMul", queries, Transposed(key.Name, StepsLast));
        var weights = graph.Add(layer.Name, "Softmax", [scores], GraphWriter.Attribute("axis", -1));
        var means = Node("MatMul", weights, Transposed(value.Name, BatchFirst));
        return new OnnxValue(query.Steps is null ? Node("Squeeze", means, graph.Integers(StepAxis)) : Transposed(means, BatchFirst), value.Features, query.Steps);

        string Node(string operation, params string[] operands) => graph.Add(layer.Name, operation, operands);

        string Transposed(string sequence, long[] order) => graph.Add(layer.Name, "Transpose", [sequence], GraphWriter.Attribute("perm", order));
    }

    /// <summary>The sum of every query with every key, batch × queries × keys × features, and of its tanh a sum over the features.</summary>
    private string AdditiveScores(LayerDescription layer, string queries, OnnxValue key)
    {
        var keys = graph.Add(layer.Name, "Transpose", [key.Name], GraphWriter.Attribute("perm", BatchFirst));
        var sums = graph.Add(
            layer.Name, "Add",
            [graph.Add(layer.Name, "Unsqueeze", [queries, graph.Integers(StepAxis + 1)]), graph.Add(layer.Name, "Unsqueeze", [keys, graph.Integers(StepAxis)])]);
        var scale = graph.Floats($"{layer.Name}.scale", tensors.Read($"{layer.Name}.scale"), key.Features);
        return graph.Add(layer.Name, "MatMul", [graph.Add(layer.Name, "Tanh", [sums]), scale]);
    }
}
