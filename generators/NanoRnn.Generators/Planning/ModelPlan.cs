using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a model: where everything lies and how large it is.</summary>
internal sealed class ModelPlan
{
    /// <summary>The scratch memory of a batch prediction stays below this, by taking fewer sequences at a time.</summary>
    private const int MaxBatchMemoryBytes = 64 * 1024;

    private const int MaxRowsPerChunk = 16;

    public ModelPlan(ModelSpec spec, VectorWidths widths)
    {
        (Spec, Widths) = (spec, widths);
        var layers = new List<LayerPlan>();
        foreach (var layer in spec.Layers)
        {
            var plan = new LayerPlan(layer, Identify(layer.Name, layers), layers.LastOrDefault(), spec.InputSize);
            plan.Kernels = layers.FirstOrDefault(plan.HasKernelsOf)?.Kernels ?? plan;
            layers.Add(plan);
        }

        Layers = layers;
        PlaceWeights();
        PlaceMemory();
        PlaceTape();
        Sequence = new SequencePlan(layers);
    }

    public ModelSpec Spec { get; }

    /// <summary>The vector widths that get kernels.</summary>
    public VectorWidths Widths { get; }

    public IReadOnlyList<LayerPlan> Layers { get; }

    public LayerPlan Last => Layers[Layers.Count - 1];

    public int InputSize => Spec.InputSize;

    public int OutputSize => Last.Units;

    public bool ReturnsSequences => Last.OutputIsSequence;

    /// <summary>The layers that run at every step; the others only see the last one.</summary>
    public IEnumerable<LayerPlan> StepLayers => Layers.Where(layer => layer.InputIsSequence);

    public IEnumerable<LayerPlan> FinalLayers => Layers.Where(layer => !layer.InputIsSequence);

    /// <summary>The layers that need kernels of their own.</summary>
    public IEnumerable<LayerPlan> KernelLayers => Layers.Where(layer => layer.Kernels == layer);

    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    public int WeightLength { get; private set; }

    public int TransposedLength { get; private set; }

    public int Pieces { get; private set; }

    /// <summary>Floats of one phase of a sequence's memory: every layer's output. A step reads one phase and writes the other.</summary>
    public int PhaseLength { get; private set; }

    /// <summary>Floats of a sequence's memory: two phases, then other states and carried values.</summary>
    public int MemoryLength { get; private set; }

    /// <summary>The memory of a prediction from one sequence.</summary>
    public SequencePlan Sequence { get; }

    /// <summary>Sequences that a batch prediction takes at a time.</summary>
    public int RowsPerChunk =>
        Math.Max(1, Math.Min(MaxRowsPerChunk, MaxBatchMemoryBytes / (MemoryLength * sizeof(float))));

    /// <summary>The tape's length for n sequences of T steps is n·(PerStep·T + Fixed).</summary>
    public TapeBuilder Tape { get; } = new();

    private void PlaceWeights()
    {
        foreach (var layer in Layers)
        {
            layer.WeightOffset = WeightLength;
            WeightLength += RoundUp(layer.WeightLength);
            layer.FirstPiece = Pieces;
            Pieces += layer.Pieces;
            layer.TransposedOffsets =
            [
                .. layer.Stages.Select(stage => (
                    Place(layer.Below is null || layer.UsesDotProducts ? 0 : stage.Input.MapCount, layer, layer.InputStride),
                    Place(stage.Recurrent.MapCount, layer, layer.Split.RowLength))),
            ];
        }

        int Place(int maps, LayerPlan layer, int columns)
        {
            var offset = maps == 0 ? -1 : TransposedLength;
            TransposedLength += RoundUp(maps * layer.Units * columns);
            return offset;
        }
    }

    private void PlaceMemory()
    {
        foreach (var layer in Layers)
        {
            layer.PhaseOffset = PhaseLength;
            PhaseLength += layer.Split.RowLength;
        }

        MemoryLength = 2 * PhaseLength;
        foreach (var layer in Layers)
        {
            layer.MemoryOffset = MemoryLength;
            MemoryLength += layer.MemoryLength;
        }
    }

    private void PlaceTape()
    {
        foreach (var layer in Layers)
        {
            var padded = layer.Split.RowLength;
            layer.OutputTapes = layer.IsRecurrent
                ? [.. layer.Cell.States.Select(_ => Tape.Add(padded, padded))]
                : [PerStepOrOnce(padded, layer.InputIsSequence)];
            layer.RecordTape = PerStepOrOnce(layer.RecordStride, layer.InputIsSequence);
        }

        // A layer's gradients have a place of their own: one thread may be at a lower layer than another.
        foreach (var layer in Layers)
            layer.OutputGradientTape = PerStepOrOnce(layer.Split.RowLength, layer.OutputIsSequence);
        foreach (var layer in Layers)
            layer.StateGradientTape = Tape.Add(0, layer.Cell.States.Count * layer.Split.RowLength);
        foreach (var layer in Layers)
            layer.OperandGradientTape = Tape.Add(0, layer.Backward.OperandGradients.Count * layer.Split.RowLength);

        TapeSection PerStepOrOnce(int floats, bool perStep) => Tape.Add(perStep ? floats : 0, perStep ? 0 : floats);
    }

    internal static int RoundUp(int floats) => (floats + BlockSplit.BlockLanes - 1) / BlockSplit.BlockLanes * BlockSplit.BlockLanes;

    private static string Identify(string name, List<LayerPlan> others)
    {
        var identifier = string.Concat(
            name.Split('_').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        return others.Any(other => other.Identifier == identifier) ? identifier + "Layer" + others.Count : identifier;
    }
}
