using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Differentiation;

/// <summary>
/// Reverse-mode differentiation on the expression graph (Linnainmaa 1970): the one list of rules, for cells and for functions.
/// </summary>
/// <param name="propagatesItself">
/// Given a node and its gradient, whether it has been seen to already; otherwise the rule of its operation applies.
/// </param>
internal sealed class ReverseMode(Func<Expr, Expr, bool> propagatesItself)
{
    private readonly Dictionary<Expr, Expr> _gradients = [];

    public static string Gradient(string name) => "d" + char.ToUpperInvariant(name[0]) + name.Substring(1);

    public void Accumulate(Expr node, Expr gradient) =>
        _gradients[node] = _gradients.TryGetValue(node, out var sum) ? sum + gradient : gradient;

    public Expr GradientOf(Expr node) => _gradients.TryGetValue(node, out var gradient) ? gradient : node.Graph.Constant(0);

    /// <summary>Goes through the nodes made before <paramref name="firstId"/> and passes their gradients on to their operands.</summary>
    public void Run(ExprGraph graph, int firstId)
    {
        // Operands have lower ids than their users, so descending ids are a reverse topological order.
        foreach (var node in graph.Nodes.Take(firstId).Reverse().ToArray())
            if (_gradients.TryGetValue(node, out var gradient))
                Propagate(node, gradient);
    }

    private void Propagate(Expr node, Expr gradient)
    {
        var (graph, a) = (node.Graph, node.Operands);
        if (node.Name is { } name && node.Operation != Operation.Leaf)
            gradient.Named(Gradient(name));
        if (propagatesItself(node, gradient))
            return;
        switch (node.Operation)
        {
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
            case Operation.SquareRoot:
                Accumulate(a[0], gradient * (0.5f / node));
                break;
            case Operation.SelectLessOrEqual:
            case Operation.SelectLess:
                var zero = graph.Constant(0);
                Accumulate(a[2], graph.Select(node.Operation, a[0], a[1], gradient, zero));
                Accumulate(a[3], graph.Select(node.Operation, a[0], a[1], zero, gradient));
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
                var value = graph.Apply(node.Function!, a[0]);
                var arriving = gradient;
                if (a.Count > 1)
                {
                    arriving = gradient * a[1];
                    if (value.Name is { } valueName)
                        arriving.Named(Gradient(valueName));
                    Accumulate(a[1], gradient * value);
                }

                Accumulate(a[0], arriving * node.Function!.Derivative(a[0], value));
                if (a.Count > 2)
                    Accumulate(a[2], gradient);
                break;
            case Operation.Leaf:
            case Operation.Constant:
                break;
            default:
                throw new InvalidOperationException($"{node.Operation} appears only in expansions, which are not differentiated");
        }
    }
}
