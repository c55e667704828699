namespace NanoRnn.Tool.Graphs;

/// <summary>
/// A model as operators with constants, in ONNX's words: what every reader of a format makes, and what is interpreted and recognised from there on.
/// </summary>
internal sealed class OperatorGraph
{
    public List<GraphInput> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    /// <summary>In an order in which they can be computed.</summary>
    public List<OperatorNode> Nodes { get; } = [];

    public Dictionary<string, Tensor> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>Version of the operators' meanings.</summary>
    public int OperatorSet { get; init; } = 22;

    /// <summary>Elements that all tensors of a computation with this graph may have, so that a small file takes little memory.</summary>
    public long ElementLimit { get; init; } = 1 << 24;

    /// <summary>A constant, under a name that messages may show.</summary>
    public string AddConstant(string name, Tensor value)
    {
        return Constants.TryAdd(name, value) ? name : throw new ToolException($"expected one tensor '{name}', found two.");
    }

    /// <summary>An operator with one output, which has its name.</summary>
    public string Add(string kind, string name, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var node = new OperatorNode(kind, name, inputs, [name]);
        foreach (var (key, value) in attributes)
            node.Attributes.Add(key, value);
        Nodes.Add(node);
        return name;
    }
}
