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

/// <summary>Derives a cell's backward step from its forward step: no backward pass is written by hand.</summary>
internal sealed class Differentiator
{
    private readonly Cell _cell;
    private readonly ReverseMode _gradients;
    private readonly Dictionary<Expr, Expr> _operandGradients = [];

    private Differentiator(Cell cell)
    {
        _cell = cell;
        _gradients = new ReverseMode(PropagateLeaf);
    }

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
            _gradients.Accumulate(next, leaf);
        }

        _gradients.Run(graph, firstId);
        foreach (var map in _cell.Maps)
            if (map.Recurrent is { Operation: not Operation.Leaf } operand)
                GradientOfOperand(operand);

        return new BackwardCell(
            arriving,
            [.. _cell.Maps.Select(map => _gradients.GradientOf(map.Sum).Named(Gradient(map.Name) + "Sum"))],
            [.. _cell.States.Select(state => _gradients.GradientOf(state.Previous).Named(Gradient(state.Name) + "Previous"))],
            _operandGradients,
            firstId);
    }

    /// <summary>Behind a sum whose recurrent operand is an expression, that expression's gradient arrives as a product.</summary>
    private bool PropagateLeaf(Expr sum, Expr gradient)
    {
        if (sum.Operation != Operation.Leaf)
            return false;
        var operand = _cell.Maps.FirstOrDefault(map => map.Sum == sum)?.Recurrent;
        if (operand is not (null or { Operation: Operation.Leaf }) && !_operandGradients.ContainsKey(operand))
            _gradients.Accumulate(operand, GradientOfOperand(operand));
        return true;
    }

    /// <summary>The leaf of an operand, also of one whose sum nothing uses: the kernel's product is made all the same.</summary>
    private Expr GradientOfOperand(Expr operand)
    {
        if (!_operandGradients.TryGetValue(operand, out var leaf))
            _operandGradients.Add(operand, leaf = operand.Graph.Leaf(Gradient(operand.Name!) + "Product"));
        return leaf;
    }

    private static string Gradient(string name) => ReverseMode.Gradient(name);
}
