using NanoRnn.Generators.Differentiation;
using NanoRnn.Generators.Lowering;
using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of one layer.</summary>
internal sealed class LayerPlan
{
    /// <summary>At most this many outputs are computed as dot products along the input instead of with units in lanes.</summary>
    private const int MaxDotUnits = 4;

    /// <summary>The smallest first-level cache in use, of 32 KiB, less what else a step needs.</summary>
    private const int CachedWeights = 24 * 1024 / sizeof(float);

    public LayerPlan(LayerSpec spec, string identifier, LayerPlan? below, int inputSize)
    {
        Spec = spec;
        Identifier = identifier;
        Below = below;
        Inputs = below?.Units ?? inputSize;
        Split = new BlockSplit(spec.Units);
        InputIsSequence = below?.OutputIsSequence ?? true;
        OutputIsSequence = InputIsSequence && (spec.Kind == LayerKind.Dense || spec.ReturnSequences);

        Cell = CellFactory.Create(spec);
        Backward = Differentiator.Differentiate(Cell);
        CellStages = new CellStages(Cell);
        Stages = PlanStages();
        Maps = [.. Stages.SelectMany(stage => stage.Maps)];
        Carried = [.. CellStages.Carried.SelectMany(values => values)];
        Record = new RecordPlan(Cell, Backward, CellStages, Maps);
        UsesDotProducts = Cell.States.Count == 0 && below is not null && spec.Units <= MaxDotUnits;
        Kernels = this;
    }

    public LayerSpec Spec { get; }

    /// <summary>The layer's name as a part of method names, such as <c>Lstm1</c>.</summary>
    public string Identifier { get; }

    public LayerPlan? Below { get; }

    public Cell Cell { get; }

    public BackwardCell Backward { get; }

    public CellStages CellStages { get; }

    public IReadOnlyList<StagePlan> Stages { get; }

    public RecordPlan Record { get; }

    public int Inputs { get; }

    /// <summary>Floats from one input row to the next, where the input is this network's own.</summary>
    public int InputStride => Below?.Split.RowLength ?? Inputs;

    public int Units => Spec.Units;

    public BlockSplit Split { get; }

    public bool InputIsSequence { get; }

    public bool OutputIsSequence { get; }

    public bool IsRecurrent => Cell.States.Count > 0;

    public bool HasSoftmax => Spec.Activation == ActivationKind.Softmax;

    /// <summary>
    /// Whether the layer is a few dot products: then its kernel lies transposed, one padded row per unit, and its bias in four
    /// lanes behind.
    /// </summary>
    public bool UsesDotProducts { get; }

    /// <summary>All maps in the order of their slots.</summary>
    public IReadOnlyList<AffineMap> Maps { get; }

    public int SlotsPerBlock => Stages[Stages.Count - 1].EndSlot;

    /// <summary>Floats of the packed weights.</summary>
    public int WeightLength => UsesDotProducts
        ? DotBiasOffset + BlockSplit.BlockLanes
        : SlotsPerBlock * Split.Padded;

    /// <summary>
    /// Whether the weights outgrow the first-level cache: then a single sequence's steps visit the blocks forwards and backwards in
    /// turn, and find those of the last visit still there.
    /// </summary>
    public bool Alternates => !UsesDotProducts && Split.FullBlocks > 1 && WeightLength > CachedWeights;

    /// <summary>
    /// Whether the sums over the inputs are worth a pass of their own, over several steps at once, before the recurrent part: where
    /// the kernel is a good part of what a step reads. The sums must be single chains, which go on where they stopped.
    /// </summary>
    public bool Projects => IsRecurrent && Stages.Count == 1 && Stages[0].Chains == 1 && Inputs >= 8;

    /// <summary>Floats of the sums of one step.</summary>
    public int SumsLength => Maps.Count * Split.RowLength;

    /// <summary>For dot products: where the bias starts.</summary>
    public int DotBiasOffset => Units * InputStride;

    /// <summary>Where the layer's weights start in the model's.</summary>
    public int WeightOffset { get; set; }

    /// <summary>The layer whose kernels this one uses: itself, or an earlier one that computes the same with other weights.</summary>
    public LayerPlan Kernels { get; set; }

    /// <summary>Floats that one stage leaves for the next, in prediction, per sequence.</summary>
    public int CarriedStride => Carried.Count * Split.RowLength;

    /// <summary>
    /// Floats of a record row: all slots, and where they are whole cache lines an odd number of those. Then the same slot of many
    /// rows, which the weight gradient reads again and again, lies in different sets of the cache.
    /// </summary>
    public int RecordStride
    {
        get
        {
            var floats = Record.SlotCount * Split.RowLength;
            return floats % (2 * BlockSplit.BlockLanes) == 0 ? floats + BlockSplit.BlockLanes : floats;
        }
    }

    /// <summary>Values that one stage leaves for the next, in prediction.</summary>
    public IReadOnlyList<Expr> Carried { get; }

    /// <summary>Per sequence: where the output starts in a phase of the memory.</summary>
    public int PhaseOffset { get; set; }

    /// <summary>Per sequence: where the other states, then the carried values, start behind the two phases.</summary>
    public int MemoryOffset { get; set; }

    /// <summary>Floats of memory per sequence behind the phases.</summary>
    public int MemoryLength => (Math.Max(0, Cell.States.Count - 1) + Carried.Count) * Split.RowLength;

    /// <summary>Where the transposed kernels start; −1 for those that no one reads.</summary>
    public IReadOnlyList<(int Input, int Recurrent)> TransposedOffsets { get; set; } = [];

    /// <summary>On the tape: each state at every step from the initial one on, or the output.</summary>
    public IReadOnlyList<TapeSection> OutputTapes { get; set; } = [];

    public TapeSection RecordTape { get; set; } = new(0, 0, 0, 0);

    /// <summary>On the tape: the gradient that arrives at the output.</summary>
    public TapeSection OutputGradientTape { get; set; } = new(0, 0, 0, 0);

    /// <summary>On the tape: the gradients of the states, carried from step to step backwards.</summary>
    public TapeSection StateGradientTape { get; set; } = new(0, 0, 0, 0);

    /// <summary>On the tape: the gradient of a recurrent operand that is not a state.</summary>
    public TapeSection OperandGradientTape { get; set; } = new(0, 0, 0, 0);

    /// <summary>First of the layer's pieces of the weight gradient.</summary>
    public int FirstPiece { get; set; }

    /// <summary>Blocks whose weight gradient is one piece.</summary>
    public int BlocksPerPiece => Math.Max(1, 4 / Stages.Max(stage => stage.Maps.Count));

    public int Pieces => UsesDotProducts ? 1 : (Split.Blocks + BlocksPerPiece - 1) / BlocksPerPiece;

    public int ParameterCount => Cell.Tensors.Sum(tensor => Rows(tensor) * tensor.GateRows[0].Count * Units);

    /// <summary>Whether the other layer's kernels compute this one.</summary>
    public bool HasKernelsOf(LayerPlan other) =>
        Spec with { Name = "" } == other.Spec with { Name = "" }
        && (Inputs, InputStride, OutputIsSequence, UsesDotProducts)
            == (other.Inputs, other.InputStride, other.OutputIsSequence, other.UsesDotProducts);

    /// <summary>Rows of a tensor.</summary>
    public int Rows(CellTensor tensor) => tensor.Role switch
    {
        TensorRole.Kernel => Inputs,
        TensorRole.RecurrentKernel => Units,
        _ => tensor.GateRows.Count,
    };

    private List<StagePlan> PlanStages()
    {
        var stages = new List<StagePlan>();
        for (var (index, map, slot) = (0, 0, 0); index < CellStages.Count; index++)
        {
            var maps = Cell.Maps.Where(candidate => CellStages.StageOf(candidate.Sum) == index).ToArray();
            var stage = new StagePlan(index, maps, map, slot, Inputs, Units);
            stages.Add(stage);
            (map, slot) = (map + maps.Length, stage.EndSlot);
        }

        return stages;
    }
}
