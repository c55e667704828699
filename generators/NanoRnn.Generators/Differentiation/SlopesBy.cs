using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Differentiation;

/// <summary>
/// Derivatives of expressions by one variable. Where an expression chooses between two, so does its derivative: a gradient of
/// zero sent into the branch that was not taken would meet the infinite slope of a root at zero, and be NaN.
/// </summary>
internal sealed class SlopesBy(Expr x)
{
    private readonly Dictionary<Expr, Expr> _slopes = [];

    /// <summary>Expressions are older than their slopes.</summary>
    private readonly int _firstId = x.Graph.Count;

    public Expr Of(Expr y)
    {
        if (!_slopes.TryGetValue(y, out var slope))
        {
            ReverseMode gradients = null!;
            gradients = new ReverseMode((node, gradient) =>
            {
                if (Choice(node) is not { } choice)
                    return false;
                gradients.Accumulate(x, gradient * choice);
                return true;
            });
            gradients.Accumulate(y, x.Graph.Constant(1));
            gradients.Run(x.Graph, _firstId);
            _slopes[y] = slope = gradients.GradientOf(x);
        }

        return slope;
    }

    /// <summary>The slope of an expression that is one of two others, or null.</summary>
    private Expr? Choice(Expr node)
    {
        var (graph, a) = (x.Graph, node.Operands);
        return node.Operation switch
        {
            Operation.SelectLess or Operation.SelectLessOrEqual => graph.Select(node.Operation, a[0], a[1], Of(a[2]), Of(a[3])),
            Operation.Min => graph.SelectLess(a[0], a[1], Of(a[0]), Of(a[1])),
            Operation.Max => graph.SelectLess(a[1], a[0], Of(a[0]), Of(a[1])),
            _ => null,
        };
    }
}
