namespace NanoRnn.Tool.Graphs;

/// <summary>One operator of a graph, in ONNX's words.</summary>
/// <param name="Kind">Name of the operator, such as <c>LSTM</c>.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Inputs">Names of what it reads; empty where an optional one is left out.</param>
/// <param name="Outputs">Names of what it makes; empty where nobody reads it.</param>
internal sealed record OperatorNode(string Kind, string Name, string[] Inputs, string[] Outputs)
{
    /// <summary>Attributes: <c>long</c>, <c>double</c>, <c>string</c>, arrays of them, a <see cref="Tensor"/> or an <see cref="OperatorGraph"/>.</summary>
    public Dictionary<string, object> Attributes { get; init; } = new(StringComparer.Ordinal);

    /// <summary>For messages.</summary>
    public override string ToString() => $"{Kind} '{Name}'";

    public T Attribute<T>(string name, T fallback) => !Attributes.TryGetValue(name, out var value) ? fallback
        : value is T typed ? typed
        : throw new ToolException($"node {this}: expected attribute '{name}' as {typeof(T).Name}, found {value.GetType().Name}.");

    public int Integer(string name, int fallback) => (int)Math.Clamp(Attribute(name, (long)fallback), int.MinValue, int.MaxValue);

    /// <summary>A list of integers, or null without it.</summary>
    public int[]? Integers(string name) =>
        Attribute<long[]?>(name, null) is { } values ? Array.ConvertAll(values, value => (int)Math.Clamp(value, int.MinValue, int.MaxValue)) : null;
}
