using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>Runs a graph in double precision, by the operators' formulas: what an imported model is compared with.</summary>
internal static class Interpreter
{
    /// <summary>Goes through a graph, node by node.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="values">What is known by name at first: inputs, and around an inner graph what the outer one knows.</param>
    /// <param name="constant">A constant of the graph as a value.</param>
    /// <param name="constantOf">A value as numbers, or null if it is none.</param>
    /// <param name="run">What a node makes of its inputs.</param>
    /// <returns>The graph's outputs.</returns>
    public static T[] Walk<T>(OperatorGraph graph, IReadOnlyDictionary<string, T> values, Func<Tensor, T> constant, Func<T, Tensor?> constantOf, Func<OperatorNode, T?[], T[]> run)
        where T : class
    {
        var known = new Dictionary<string, T>(values, StringComparer.Ordinal);
        foreach (var (name, tensor) in graph.Constants)
            known.TryAdd(name, constant(tensor));
        foreach (var node in graph.Nodes)
        {
            var inputs = Array.ConvertAll(node.Inputs, name => name.Length == 0 ? null : Find(name, node.ToString()));
            var outputs = node.Kind == "If" ? Branch(node, inputs) : run(node, inputs);
            if (outputs.Length < node.Outputs.Length && node.Outputs[outputs.Length].Length > 0)
                throw new ToolException($"node {node}: expected {outputs.Length} outputs, found {node.Outputs.Length}.");
            foreach (var (name, value) in node.Outputs.Zip(outputs))
                if (name.Length > 0 && !known.TryAdd(name, value))
                    throw new ToolException($"node {node}: makes '{name}', which something above it makes too.");
        }

        return [.. graph.Outputs.Select(name => Find(name, "the graph's outputs"))];

        T Find(string name, string reader) => known.TryGetValue(name, out var value) ? value
            : throw new ToolException($"node {reader}: reads '{name}', which nothing above it makes.");

        T[] Branch(OperatorNode node, T?[] inputs)
        {
            if (inputs.Length != 1 || inputs[0] is not { } input || constantOf(input) is not { Count: 1 } condition)
                throw new UnsupportedModelException($"node {node}: its condition depends on the model's input, and NanoRnn has no layer that decides. Export the branch that is meant.");
            var inner = node.Attribute<OperatorGraph?>(condition.Values[0] != 0 ? "then_branch" : "else_branch", null)
                ?? throw new ToolException($"node {node}: expected two branches, found one missing.");
            return Walk(inner, known, constant, constantOf, run);
        }
    }

    /// <summary>The outputs of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">Its inputs by name.</param>
    public static Tensor[] Run(OperatorGraph graph, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var budget = new ElementBudget(graph.ElementLimit);
        return Walk(graph, inputs, tensor => tensor, tensor => tensor, (node, values) => OperatorTable.Run(new OperatorCall(node, values, graph.OperatorSet, budget)));
    }
}
