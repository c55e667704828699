using NanoRnn.Generators.Lowering;
using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Differentiation;

/// <summary>
/// A cell's backward step, as expressions over the gradients that arrive, the forward values and the previous states.
/// </summary>
/// <param name="OutputGradients">
/// Leaves: the gradient that arrives at each state's next value, or, without states, at the output.
/// </param>
/// <param name="SumGradients">For each map of the cell: the gradient of its sum.</param>
/// <param name="StateGradients">
/// For each state: the part of its previous value's gradient that does not go through a recurrent kernel.
/// </param>
/// <param name="OperandGradients">
/// For each recurrent operand that is not a state: a leaf, its gradient through the recurrent kernel.
/// </param>
/// <param name="FirstId">Nodes made before this one belong to the forward step.</param>
internal sealed record BackwardCell(
    IReadOnlyList<Expr> OutputGradients,
    IReadOnlyList<Expr> SumGradients,
    IReadOnlyList<Expr> StateGradients,
    IReadOnlyDictionary<Expr, Expr> OperandGradients,
    int FirstId);

/// <summary>Reverse-mode differentiation on the expression graph (Linnainmaa 1970): no backward pass is written by hand.</summary>
internal sealed class Differentiator
{
    private readonly Cell _cell;
    private readonly Dictionary<Expr, Expr> _gradients = [];
    private readonly Dictionary<Expr, Expr> _operandGradients = [];

    private Differentiator(Cell cell) => _cell = cell;

    public static BackwardCell Differentiate(Cell cell) => new Differentiator(cell).Run();

    private BackwardCell Run()
    {
        var graph = _cell.Graph;
        var firstId = graph.Count;
        var outputs = _cell.States.Count == 0
            ? [(Name: "y", Next: _cell.Output)]
            : _cell.States.Select(state => (state.Name, state.Next)).ToArray();
        var arriving = new List<Expr>();
        foreach (var (name, next) in outputs)
        {
            var leaf = graph.Leaf(Gradient(name));
            arriving.Add(leaf);
            Accumulate(next, leaf);
        }

        // Operands have lower ids than their users, so descending ids are a reverse topological order.
        foreach (var node in graph.Nodes.Take(firstId).Reverse().ToArray())
            if (_gradients.TryGetValue(node, out var gradient))
                Propagate(node, gradient);

        return new BackwardCell(
            arriving,
            [.. _cell.Maps.Select(map => GradientOf(map.Sum).Named(Gradient(map.Name) + "Sum"))],
            [.. _cell.States.Select(state => GradientOf(state.Previous).Named(Gradient(state.Name) + "Previous"))],
            _operandGradients,
            firstId);
    }

    private void Propagate(Expr node, Expr gradient)
    {
        var (graph, a) = (node.Graph, node.Operands);
        if (node.Name is { } name && node.Operation != Operation.Leaf)
            gradient.Named(Gradient(name));
        switch (node.Operation)
        {
            case Operation.Leaf:
                PropagateThroughProduct(node);
                break;
            case Operation.Add:
                Accumulate(a[0], gradient);
                Accumulate(a[1], gradient);
                break;
            case Operation.Subtract:
                Accumulate(a[0], gradient);
                Accumulate(a[1], -gradient);
                break;
            case Operation.Multiply:
                Accumulate(a[0], gradient * a[1]);
                Accumulate(a[1], gradient * a[0]);
                break;
            case Operation.FusedMultiplyAdd:
                Accumulate(a[0], gradient * a[1]);
                Accumulate(a[1], gradient * a[0]);
                Accumulate(a[2], gradient);
                break;
            case Operation.Divide:
                var scaled = gradient / a[1];
                Accumulate(a[0], scaled);
                Accumulate(a[1], -(scaled * node));
                break;
            case Operation.Negate:
                Accumulate(a[0], -gradient);
                break;
            case Operation.Abs:
                Accumulate(a[0], graph.SelectLessOrEqual(a[0], graph.Constant(0), -gradient, gradient));
                break;
            case Operation.SelectLessOrEqual:
                var zero = graph.Constant(0);
                Accumulate(a[2], graph.SelectLessOrEqual(a[0], a[1], gradient, zero));
                Accumulate(a[3], graph.SelectLessOrEqual(a[0], a[1], zero, gradient));
                break;
            case Operation.Min:
                Accumulate(a[0], graph.SelectLessOrEqual(a[1], a[0], graph.Constant(0), gradient));
                Accumulate(a[1], graph.SelectLessOrEqual(a[0], a[1], graph.Constant(0), gradient));
                break;
            case Operation.Max:
                Accumulate(a[0], graph.SelectLessOrEqual(a[0], a[1], graph.Constant(0), gradient));
                Accumulate(a[1], graph.SelectLessOrEqual(a[1], a[0], graph.Constant(0), gradient));
                break;
            case Operation.Function:
                Accumulate(a[0], gradient * node.Function!.Derivative(a[0], node));
                break;
            case Operation.Constant:
                break;
            default:
                throw new InvalidOperationException($"{node.Operation} appears only in expansions, which are not differentiated");
        }
    }

    /// <summary>Behind a sum whose recurrent operand is an expression, that expression's gradient arrives as a product.</summary>
    private void PropagateThroughProduct(Expr sum)
    {
        var operand = _cell.Maps.FirstOrDefault(map => map.Sum == sum)?.Recurrent;
        if (operand is null or { Operation: Operation.Leaf } || _operandGradients.ContainsKey(operand))
            return;
        var leaf = sum.Graph.Leaf(Gradient(operand.Name!) + "Product");
        _operandGradients.Add(operand, leaf);
        Accumulate(operand, leaf);
    }

    private void Accumulate(Expr node, Expr gradient) =>
        _gradients[node] = _gradients.TryGetValue(node, out var sum) ? sum + gradient : gradient;

    private Expr GradientOf(Expr node) => _gradients.TryGetValue(node, out var gradient) ? gradient : node.Graph.Constant(0);

    private static string Gradient(string name) => "d" + char.ToUpperInvariant(name[0]) + name.Substring(1);
}
