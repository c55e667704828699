namespace NanoRnn.Generators.Lowering.Expressions;

/// <summary>
/// Computes products with the value of a function in the function's own form of them (<see cref="ElementwiseFunction.ExpandProduct"/>),
/// where the factor is known before the value and nothing else reads the value.
/// </summary>
internal sealed class ProductFusion
{
    private readonly Dictionary<Expr, int> _uses = [];
    private readonly Dictionary<Expr, Expr> _fused = [];

    /// <param name="results">What is read of the expressions.</param>
    /// <param name="others">What else is read of them, before, and stays as it is.</param>
    public ProductFusion(IEnumerable<Expr> results, IEnumerable<Expr> others)
    {
        foreach (var result in results)
            Count(result);
        foreach (var other in others)
        {
            Count(other);
            Keep(other);
        }
    }

    public Expr Fuse(Expr node)
    {
        if (!_fused.TryGetValue(node, out var fused))
        {
            fused = FuseProduct(node) ?? node.Graph.With(node, [.. node.Operands.Select(Fuse)]);
            _fused[node] = fused = node.Name is { } name ? fused.Named(name) : fused;
        }

        return fused;
    }

    private void Count(Expr node)
    {
        _uses.TryGetValue(node, out var uses);
        _uses[node] = uses + 1;
        if (uses == 0)
            foreach (var operand in node.Operands)
                Count(operand);
    }

    private void Keep(Expr node)
    {
        _fused[node] = node;
        foreach (var operand in node.Operands)
            Keep(operand);
    }

    private Expr? FuseProduct(Expr node)
    {
        if (node.Operation is not (Operation.Multiply or Operation.FusedMultiplyAdd))
            return null;
        var addend = node.Operands.ElementAtOrDefault(2);
        return FuseProduct(node.Operands[0], node.Operands[1], addend) ?? FuseProduct(node.Operands[1], node.Operands[0], addend);
    }

    private Expr? FuseProduct(Expr value, Expr factor, Expr? addend)
    {
        if (value.Operation == Operation.Negate && _uses[value] == 1)
            (value, factor) = (value.Operands[0], -factor);
        if (value is not { Operation: Operation.Function, Operands.Count: 1 }
            || _uses[value] > 1
            || value.Depth <= factor.Depth
            || !value.Function!.HasProduct(addend is not null))
        {
            return null;
        }

        // The value alone is a node of the forward step too: the backward step reads it, and training records it.
        var x = Fuse(value).Operands[0];
        return addend is null
            ? value.Graph.Apply(value.Function, x, Fuse(factor))
            : value.Graph.Apply(value.Function, x, Fuse(factor), Fuse(addend));
    }
}
