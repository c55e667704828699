using NanoRnn.Generators.Differentiation;
using NanoRnn.Generators.Lowering;
using NanoRnn.Generators.Lowering.Expressions;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// What the forward pass writes down for the backward pass, per time step and sequence: a row of slots, each one vector of all
/// units. Slot m is where the gradient of map m's sum will stand; until it is written the slot holds a forward value, if there
/// is one whose last reader comes before. Sums and functions are recorded; cheap arithmetic on them is done again.
/// </summary>
internal sealed class RecordPlan
{
    private readonly Cell _cell;
    private readonly BackwardCell _backward;
    private readonly CellStages _stages;
    private readonly IReadOnlyList<AffineMap> _maps;
    private readonly Dictionary<Expr, int> _lastReaders = [];
    private readonly Dictionary<Expr, int> _slots = [];

    /// <param name="cell">The forward step.</param>
    /// <param name="backward">The backward step.</param>
    /// <param name="stages">The forward step's stages; the backward pass runs them in reverse.</param>
    /// <param name="maps">All maps in the order of their slots.</param>
    public RecordPlan(Cell cell, BackwardCell backward, CellStages stages, IReadOnlyList<AffineMap> maps)
    {
        (_cell, _backward, _stages, _maps) = (cell, backward, stages, maps);
        for (var i = 0; i < cell.Maps.Count; i++)
            Read(backward.SumGradients[i], BackwardStageOfSum(cell.Maps[i]));
        foreach (var gradient in backward.StateGradients)
            Read(gradient, stages.Count - 1);
        AssignSlots();
    }

    /// <summary>The recorded nodes and their slots.</summary>
    public IReadOnlyDictionary<Expr, int> Slots => _slots;

    public int SlotCount { get; private set; }

    /// <summary>
    /// The backward stage, counted from 0 for the last forward stage, that writes the gradient of a map's sum: its own, or
    /// earlier if everything it needs is there.
    /// </summary>
    public int BackwardStageOfSum(AffineMap map) => _stages.Count - 1 - _stages.StageOf(map.Sum);

    private void Read(Expr node, int backwardStage)
    {
        var isForward = node.Id < _backward.FirstId;
        var isSum = _cell.Maps.Any(map => map.Sum == node);
        if (isForward && (isSum || node.Operation == Operation.Function))
        {
            if (!_lastReaders.TryGetValue(node, out var last) || last < backwardStage)
                _lastReaders[node] = backwardStage;
            return;
        }

        if (!_cell.States.Any(state => state.Next == node))
            foreach (var operand in node.Operands)
                Read(operand, backwardStage);
    }

    private void AssignSlots()
    {
        var free = Enumerable.Range(0, _maps.Count).ToList();
        SlotCount = _maps.Count;
        var carried = _stages.Carried.SelectMany(values => values);
        foreach (var node in _lastReaders.Keys.Concat(carried).Distinct().OrderBy(node => node.Id))
        {
            // A recurrent operand is read again when the weight gradients are summed: its slot is never reused.
            var isOperand = _maps.Any(map => map.Recurrent == node);
            var lastReader = _lastReaders.TryGetValue(node, out var reader) ? reader : 0;
            var shared = isOperand ? -1 : free.FindIndex(map => BackwardStageOfSum(_maps[map]) >= lastReader);
            _slots[node] = shared < 0 ? SlotCount++ : free[shared];
            if (shared >= 0)
                free.RemoveAt(shared);
        }
    }
}
