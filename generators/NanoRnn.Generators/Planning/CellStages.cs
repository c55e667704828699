using NanoRnn.Generators.Lowering;
using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// Cuts a cell into stages. A stage sums its maps and evaluates what can be evaluated then; the next one starts when a
/// recurrent operand needs all units of the one before.
/// </summary>
internal sealed class CellStages
{
    private readonly Cell _cell;
    private readonly Dictionary<Expr, int> _stages = [];

    public CellStages(Cell cell)
    {
        _cell = cell;
        Count = cell.Maps.Max(map => StageOf(map.Sum)) + 1;
        Carried = FindCarried();
    }

    public int Count { get; }

    /// <summary>
    /// For each stage but the last: the values it leaves in memory for later ones, recurrent operands among them.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<Expr>> Carried { get; }

    /// <summary>The first stage in which a forward node can be evaluated.</summary>
    public int StageOf(Expr node)
    {
        if (!_stages.TryGetValue(node, out var stage))
            _stages[node] = stage = Compute(node);
        return stage;
    }

    private int Compute(Expr node)
    {
        if (_cell.Maps.FirstOrDefault(map => map.Sum == node) is { } map)
            return map.Recurrent is null or { Operation: Operation.Leaf } ? 0 : StageOf(map.Recurrent) + 1;
        return node.Operands.Count == 0 ? 0 : node.Operands.Max(StageOf);
    }

    private List<Expr>[] FindCarried()
    {
        var carried = Enumerable.Range(0, Count).Select(_ => new List<Expr>()).ToArray();
        foreach (var map in _cell.Maps)
            if (map.Recurrent is { Operation: not Operation.Leaf } operand && !carried[StageOf(operand)].Contains(operand))
                carried[StageOf(operand)].Add(operand);

        // What comes out is computed in the last stage, whether or not it needs that one's sums.
        foreach (var output in _cell.States.Select(state => state.Next).Append(_cell.Output))
            Cut(output, Count - 1);
        return carried;

        void Cut(Expr node, int reader)
        {
            var isSum = _cell.Maps.Any(map => map.Sum == node);
            var stage = StageOf(node);
            if (stage < reader && (isSum || node.Operation == Operation.Function))
            {
                if (!carried[stage].Contains(node))
                    carried[stage].Add(node);
                return;
            }

            foreach (var operand in node.Operands)
                Cut(operand, reader);
        }
    }
}
