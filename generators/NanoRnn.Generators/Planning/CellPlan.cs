using NanoRnn.Generators.Differentiation;
using NanoRnn.Generators.Lowering;
using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a layer of affine maps and expressions over them.</summary>
internal sealed class CellPlan : LayerPlan
{
    /// <summary>The smallest first-level cache in use, of 32 KiB, less what else a step needs.</summary>
    public const int CachedWeights = 24 * 1024 / sizeof(float);

    /// <summary>Sums side by side where weights are in the first-level cache: the latency of a multiply-add × units that do them.</summary>
    private const int CachedSums = 8;

    /// <summary>The same where they come from the second, half as fast.</summary>
    private const int LoadedSums = 4;

    private readonly CellNode _node;

    /// <param name="node">The cell.</param>
    /// <param name="identifier">Its name in generated code.</param>
    /// <param name="below">Whose output it reads; null for the model's or the decoder's input.</param>
    /// <param name="inputSize">Features of the model's input.</param>
    /// <param name="initialState">Whose last states it starts with; null for zeros.</param>
    /// <param name="precision">How the model stores kernels.</param>
    public CellPlan(CellNode node, string identifier, LayerPlan? below, int inputSize, CellPlan? initialState, PrecisionKind precision)
        : base(node, identifier, below, inputSize)
    {
        _node = node;
        IsTrainable = precision == PrecisionKind.Float32;
        UsesDotProducts = Cell.States.Count == 0 && PredictionInput is not null && Units <= LayerSpec.MaxDotUnits && Cell.Maps[0].UsesInput;
        Precision = UsesDotProducts || Spec.Kind == LayerKind.CustomRnn ? PrecisionKind.Float32 : precision;
        InitialState = initialState;
        Backward = Differentiator.Differentiate(Cell);
        CellStages = new CellStages(Cell);
        Stages = PlanStages();
        Maps = [.. Stages.SelectMany(stage => stage.Maps)];
        Carried = [.. CellStages.Carried.SelectMany(values => values)];
        Record = new RecordPlan(Cell, Backward, CellStages, Maps);
        Int8 = new Int8Plan(Stages, Split, ModelPlan.RoundUp(SlotsPerBlock * Split.Padded), Carried.Count * Split.RowLength);
        foreach (var stage in Stages)
            stage.SplitSums(Split.Blocks, BlocksAtATime(stage), HasCachedBlocks ? CachedSums : LoadedSums);
        Kernels = this;
    }

    public override TimeAxis Steps => _node.Steps;

    /// <summary>Whether the steps are gone through from the last to the first.</summary>
    public bool IsReversed => _node.IsReversed;

    /// <summary>Whose last states this one starts with; null for zeros.</summary>
    public CellPlan? InitialState { get; }

    /// <summary>Who starts with this layer's last states, if anyone.</summary>
    public CellPlan? StateReader { get; set; }

    /// <summary>
    /// Whether the states before the first step are zeros, or in training those that the batch before has left: then nobody reads their
    /// gradient.
    /// </summary>
    public bool StartsAtZero => IsRecurrent && InitialState is null && !StartsAtWeights;

    /// <summary>Whether the states before the first step are weights.</summary>
    public bool StartsAtWeights => Spec.TrainableInitialState;

    /// <summary>Where among the layer's weights these states start, one behind the other.</summary>
    public int InitialStateOffset => ModelPlan.RoundUp(SumWeightLength);

    /// <summary>The piece of the weight gradient that is that of the states before the first step; the last one.</summary>
    public int InitialStatePiece => Pieces - 1;

    public override int PastSteps => IsRecurrent ? 1 : 0;

    public override int StateLength => Cell.States.Count * Split.RowLength;

    /// <summary>Whether there is a backward pass, for which the forward pass can record.</summary>
    public bool IsTrainable { get; }

    /// <summary>
    /// How the kernels are stored. Dot products and cells of the user's have them as they are, and biases are always floats.
    /// </summary>
    public PrecisionKind Precision { get; }

    /// <summary>Kernels of 8-bit integers, if there are any.</summary>
    public Int8Plan Int8 { get; }

    /// <summary>Whether a kernel is a matrix of integers. Then sequences go one by one.</summary>
    public bool HasIntegers => Int8.MemoryLength > 0;

    /// <summary>Whether training drops a part of the state before the recurrent kernel.</summary>
    public bool DropsState => IsTrainable && Spec.RecurrentDropout > 0;

    public Cell Cell => _node.Cell;

    public BackwardCell Backward { get; }

    public CellStages CellStages { get; }

    public IReadOnlyList<StagePlan> Stages { get; }

    public RecordPlan Record { get; }

    public int Units => Features;

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
    public override int WeightLength => StartsAtWeights ? InitialStateOffset + StateLength : SumWeightLength;

    /// <summary>Those of them that sums are made of.</summary>
    private int SumWeightLength => UsesDotProducts
        ? DotBiasOffset + BlockSplit.BlockLanes
        : HasIntegers ? Int8.EndWeight
        : SlotsPerBlock * Split.Padded;

    /// <summary>
    /// Whether the weights outgrow the first-level cache: then a single sequence's steps visit the blocks forwards and backwards in
    /// turn, and find those of the last visit still there.
    /// </summary>
    public bool Alternates => !UsesDotProducts && !HasIntegers && Split.FullBlocks > 1 && SumWeightLength > CachedWeights;

    /// <summary>Whether a block's weights fit the first-level cache.</summary>
    public bool HasCachedBlocks => BlockFloats <= CachedWeights;

    /// <summary>
    /// Whether the sums over the inputs are worth a pass of their own, over several steps at once, before the recurrent part: where
    /// the kernel is a good part of what a step reads. A layer so small that its sums are split is sooner done together with those around it.
    /// </summary>
    public bool Projects => IsRecurrent && !HasIntegers && Stages.Count == 1 && Inputs >= 8 && (Alternates || Stages[0].Chains == 1);

    /// <summary>Floats of the sums of one step over its inputs: for each partial sum one vector per map.</summary>
    public int SumsLength => Stages[0].Chains * Maps.Count * Split.RowLength;

    /// <summary>For dot products: where the bias starts.</summary>
    public int DotBiasOffset => Units * InputStride;

    /// <summary>The layer whose kernels this one uses: itself, or an earlier one that computes the same with other weights.</summary>
    public CellPlan Kernels { get; set; }

    /// <summary>Floats that one stage leaves for the next, in prediction, per sequence; behind them the products with integers.</summary>
    public int CarriedLength => Carried.Count * Split.RowLength + Int8.MemoryLength;

    /// <summary>Floats from what stages leave for each other in one sequence to the next one's. Sequences that go one by one share it.</summary>
    public int CarriedStride => HasIntegers ? 0 : CarriedLength;

    /// <summary>
    /// Floats of a record row: all slots, and where they are whole cache lines an odd number of those. Then the same slot of many
    /// rows, which the weight gradient reads again and again, lies in different sets of the cache.
    /// </summary>
    public override int RecordStride
    {
        get
        {
            var floats = Record.SlotCount * Split.RowLength;
            return floats % (2 * BlockSplit.BlockLanes) == 0 ? floats + BlockSplit.BlockLanes : floats;
        }
    }

    /// <summary>Values that one stage leaves for the next, in prediction.</summary>
    public IReadOnlyList<Expr> Carried { get; }

    /// <summary>Floats of memory per sequence behind the phases.</summary>
    public override int MemoryLength => Math.Max(0, Cell.States.Count - 1) * Split.RowLength + CarriedLength;

    /// <summary>The transposed kernels of each stage; null for those that no one reads.</summary>
    public IReadOnlyList<(TransposedPlan? Input, TransposedPlan? Recurrent)> Transposed { get; set; } = [];

    /// <summary>Blocks whose weight gradient is one piece.</summary>
    public int BlocksPerPiece => Math.Max(1, 4 / Stages.Max(stage => stage.Maps.Count));

    public override int Pieces => LastSumPiece + (StartsAtWeights ? 2 : 1);

    /// <summary>The last piece that is a part of the sums' weights; −1 if there are none.</summary>
    public int LastSumPiece => (SumWeightLength == 0 ? 0 : UsesDotProducts ? 1 : (Split.Blocks + BlocksPerPiece - 1) / BlocksPerPiece) - 1;

    public override int ParameterCount => Cell.Tensors.Sum(Elements) + InitialStateCount;

    private int InitialStateCount => StartsAtWeights ? Cell.States.Count * Units : 0;

    public override int ParameterBytes => Cell.Tensors.Sum(tensor =>
        Elements(tensor) * PrecisionOf(tensor).Bytes() + (PrecisionOf(tensor) == PrecisionKind.Int8 ? Columns(tensor) * sizeof(float) : 0))
        + InitialStateCount * sizeof(float);

    /// <summary>Whether the other layer's kernels compute this one.</summary>
    public bool HasKernelsOf(CellPlan other) =>
        Spec with { Name = "", Inputs = default, Weights = WeightsSpec.Default }
            == other.Spec with { Name = "", Inputs = default, Weights = WeightsSpec.Default }
        && (Inputs, InputStride, OutputIsSequence, UsesDotProducts, PredictionInput is null)
            == (other.Inputs, other.InputStride, other.OutputIsSequence, other.UsesDotProducts, other.PredictionInput is null);

    /// <summary>How a tensor is stored.</summary>
    public PrecisionKind PrecisionOf(CellTensor tensor) =>
        tensor.Role is not (TensorRole.Kernel or TensorRole.RecurrentKernel)
            || Precision == PrecisionKind.Int8 && Rows(tensor) < Int8Plan.MinRows
            ? PrecisionKind.Float32
            : Precision;

    /// <summary>
    /// Whether the gradient of a kernel's last, small block is computed with lanes along the kernel's rows: where they are more than the
    /// block has units.
    /// </summary>
    public bool TailGradientRunsAlongRows(MapFeed feed) => Split.TailLanes > 0 && feed.Rows > BlockSplit.MaxTailLanes;

    /// <summary>Whether a stage's recurrent operand is zero where the states are.</summary>
    public bool IsZeroWithStates(Expr operand) =>
        Cell.States.Any(state => state.Previous == operand)
        || operand.Operation == Operation.Multiply && operand.Operands.Any(IsZeroWithStates);

    /// <summary>Rows of a tensor.</summary>
    public int Rows(CellTensor tensor) => tensor.Role switch
    {
        TensorRole.Kernel => Inputs,
        TensorRole.RecurrentKernel => Units,
        _ => tensor.GateRows.Count,
    };

    public override string? WeightOutline
    {
        get
        {
            if (WeightLength == 0)
                return null;
            if (UsesDotProducts)
                return $"[{Units} units][{InputStride} inputs], then bias,";
            var blocks = Split.FullBlocks > 0 ? $"{Split.FullBlocks} × {BlockSplit.BlockLanes}" : "";
            if (Split.TailLanes > 0)
                blocks += (blocks.Length > 0 ? " + " : "") + Split.TailLanes;
            if (HasIntegers)
                return $"{blocks} lanes × {SlotsPerBlock} slots (floats), then matrices of integers,";
            var packing = Precision is PrecisionKind.Float32 or PrecisionKind.Int8 ? "" : $"; {Precision.RowsPerSlot()} rows of {Precision} in a slot";
            return $"{blocks} lanes × {SlotsPerBlock} slots (biases, {Inputs} kernel rows{(IsRecurrent ? $", {Units} recurrent rows" : "")}{packing})";
        }
    }

    /// <summary>Floats of a block of 16 units, were all weights floats.</summary>
    private int BlockFloats => BlockSplit.BlockLanes
        * Cell.Maps.Sum(map => map.BiasCount + (map.UsesInput ? Inputs : 0) + (map.Recurrent is null ? 0 : Units));

    /// <summary>
    /// The blocks whose sums a step computes side by side: few where the weights outgrow the cache, so that as many of them as possible are
    /// still there from the step before. It is the same for all precisions: so are partial sums.
    /// </summary>
    private int BlocksAtATime(StagePlan stage)
    {
        var floats = BlockFloats / BlockSplit.BlockLanes * Split.Padded;
        var few = Math.Max(1, 4 / stage.Maps.Count);

        // Several blocks at a time are read as fast in any order, and there is little to find of what is many times the cache.
        return UsesDotProducts || floats <= CachedWeights || few > 1 && floats > 4 * CachedWeights ? Split.Blocks : Math.Min(few, Split.Blocks);
    }

    private int Elements(CellTensor tensor) => Rows(tensor) * Columns(tensor);

    private int Columns(CellTensor tensor) => tensor.GateRows[0].Count * Units;

    private List<StagePlan> PlanStages()
    {
        var stages = new List<StagePlan>();
        for (var (index, map, slot) = (0, 0, 0); index < CellStages.Count; index++)
        {
            var maps = Cell.Maps.Where(candidate => CellStages.StageOf(candidate.Sum) == index).ToArray();
            var stage = new StagePlan(index, maps, map, slot, Inputs, Units, Precision);
            stages.Add(stage);
            (map, slot) = (map + maps.Length, stage.EndSlot);
        }

        return stages;
    }
}
