using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Lowering.Functions;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Parsing.Cells;

namespace NanoRnn.Generators.Lowering.Cells;

/// <summary>A cell that the user has described, said again in the words of the others.</summary>
internal static class CustomCell
{
    public static Cell Create(LayerSpec layer)
    {
        var spec = layer.Cell!;
        var cell = new CellBuilder(layer);
        var values = new List<Expr>();
        foreach (var node in spec.Nodes)
            values.Add(Value(cell, node, spec, values));
        return cell.Build(
            States(spec, values),
            [.. Numbers(spec, CellOperation.Affine).Select(index => values[index])],
            [.. Numbers(spec, CellOperation.Weight).Select(index => (spec.Nodes[index].Name!, values[index]))]);
    }

    private static Expr Value(CellBuilder cell, CellNode node, CellSpec spec, List<Expr> values)
    {
        var value = node.Operation switch
        {
            CellOperation.Constant => cell.Constant(node.Value),
            CellOperation.Previous => cell.Previous(node.Identifier!),
            CellOperation.Affine => cell.Affine(
                node.Identifier!, node.A < 0 ? null : Operand(spec.Nodes[node.A], values[node.A]), node.UsesInput, node.UseBias ? 1 : 0),
            CellOperation.Weight => cell.Weight(node.Identifier!),
            CellOperation.Gate => cell.Gate(values[node.A]),
            CellOperation.Activate => cell.Activate(values[node.A]),
            CellOperation.Apply => MethodFunction.For(node.Function!).Of(values[node.A]),
            CellOperation.Add => values[node.A] + values[node.B],
            CellOperation.Subtract => values[node.A] - values[node.B],
            CellOperation.Multiply => values[node.A] * values[node.B],
            CellOperation.Divide => values[node.A] / values[node.B],
            CellOperation.Negate => -values[node.A],
            _ => throw new InvalidOperationException($"{node.Operation} is no value"),
        };
        return node.Identifier is { } identifier ? value.Named(identifier) : value;
    }

    /// <summary>What a recurrent kernel multiplies: a state, or a node with a name, which its gradient is called after.</summary>
    private static Expr Operand(CellNode node, Expr value) =>
        node.Operation == CellOperation.Previous ? value : Computed(value).Named(node.Identifier!);

    /// <summary>Each state's values; the one after the step is a node that nothing else is known by.</summary>
    private static (Expr Previous, Expr Next)[] States(CellSpec spec, List<Expr> values)
    {
        var states = new List<(Expr Previous, Expr Next)>();
        foreach (var state in spec.States)
        {
            var next = Computed(values[state.Next]);
            while (states.Exists(other => other.Next == next))
                next = Identity.Instance.Of(next);
            states.Add((values[state.Previous], next));
        }

        return [.. states];
    }

    private static Expr Computed(Expr value) =>
        value.Operation is Operation.Leaf or Operation.Constant ? Identity.Instance.Of(value) : value;

    private static IEnumerable<int> Numbers(CellSpec spec, CellOperation operation) =>
        Enumerable.Range(0, spec.Nodes.Count).Where(index => spec.Nodes[index].Operation == operation);
}
