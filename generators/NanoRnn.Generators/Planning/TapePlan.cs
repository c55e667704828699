using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// The memory of a pass over whole sequences: rows of all sequences at one step, step after step, section behind section. A training
/// pass keeps everything for the way back; a prediction only what other layers read.
/// </summary>
internal sealed class TapePlan
{
    private readonly Dictionary<LayerPlan, LayerTape> _layers = [];
    private readonly Dictionary<WindowAxis, (TapeSection Lengths, TapeSection Mask)> _windows = [];

    /// <param name="layers">The layers of the pass.</param>
    /// <param name="windows">The axes of windows whose lengths and masks the pass needs.</param>
    /// <param name="records">Whether it is a training pass.</param>
    /// <param name="masks">Whether steps may be skipped, so that every state must be there to be kept.</param>
    /// <param name="readers">Layers that attend to those of the pass, and are none of it.</param>
    public TapePlan(
        IReadOnlyList<LayerPlan> layers, IReadOnlyList<TimeAxis> windows, bool records, bool masks, IEnumerable<AttentionPlan>? readers = null)
    {
        KeepsStates = records || masks;
        foreach (var layer in layers)
            _layers.Add(layer, new LayerTape());
        foreach (var layer in layers)
            if (records || !layer.IsTransparent)
                PlaceForward(layer, this[layer], records);
        foreach (var reader in readers ?? [])
            _layers.Add(reader, new LayerTape { Scratch = Add(reader.ScratchSize) });
        if (!records)
        {
            if (masks)
                Mask = Add(Extent.Of(TimeAxis.Source, 1));
            if (masks && layers.Any(layer => layer.Output.Mask == StepMask.Reversed))
                ReversedMask = Add(Extent.Of(TimeAxis.Source, 1));
            return;
        }

        // A layer's gradients have a place of their own: one thread may be at a lower layer than another.
        foreach (var layer in layers)
            this[layer].OutputGradient = Add(Extent.Of(layer.Output, layer.Split.RowLength));
        foreach (var layer in layers.Where(layer => layer.StateLength > 0))
            this[layer].StateGradient = Add(Extent.Once(layer.StateLength));
        foreach (var layer in layers.OfType<CellPlan>())
            this[layer].OperandGradient = Add(Extent.Once(
                (layer.Backward.OperandGradients.Count + (layer.DropsState ? 1 : 0)) * layer.Split.RowLength));
        foreach (var layer in layers.OfType<CellPlan>())
            this[layer].KeptGradient = Add(Extent.Once(layer.Cell.States.Count * layer.Split.RowLength));
        foreach (var axis in windows)
            _windows.Add(axis.Windows!, (Add(Extent.Once(1)), Add(Extent.Of(axis, 1))));
    }

    /// <summary>Floats per sequence.</summary>
    public Extent Length { get; private set; }

    /// <summary>Whether states other than the output have a row for every step; else one, which is overwritten.</summary>
    public bool KeepsStates { get; }

    /// <summary>In a prediction that may skip steps: 1 for every step that counts, else 0.</summary>
    public TapeSection Mask { get; }

    /// <summary>The same in reversed order, where an axis has its steps so.</summary>
    public TapeSection ReversedMask { get; }

    /// <summary>Of an axis of windows: how many each sequence has, and 1 for each that it has.</summary>
    public (TapeSection Lengths, TapeSection Mask) this[WindowAxis axis] => _windows[axis];

    public LayerTape this[LayerPlan layer] => _layers[layer];

    private void PlaceForward(LayerPlan layer, LayerTape tape, bool records)
    {
        var row = layer.Split.RowLength;
        if (layer is not CellPlan { IsRecurrent: true } cell)
        {
            tape.Outputs = [Add(Extent.Of(layer.Output, row) + Extent.Once(layer.PastSteps * row))];
            if (layer is ConvolutionPlan convolution)
                (tape.Scratch, tape.Record) = records
                    ? (Add(Extent.Once(convolution.IsTransposed ? convolution.Shape.TransposedRow : 0)), Add(Extent.Of(layer.Steps, layer.RecordStride)))
                    : (Add(Extent.Once(layer.RecordStride)), default);
            else if (layer is AttentionPlan attention)
                (tape.Scratch, tape.Record) = (Add(attention.ScratchSize), records ? Add(Extent.Once(attention.WeightLength)) : default);
            else if (records)
                tape.Record = Add(layer is DropoutPlan { IsPerSequence: true }
                    ? Extent.Once(layer.RecordStride)
                    : Extent.Of(layer.Steps, layer.RecordStride));
            else if (layer is CellPlan stateless)
                tape.Record = Add(Extent.Once(stateless.CarriedLength));
            return;
        }

        var everyStep = Extent.Of(cell.Steps, row) + Extent.Once(row);
        tape.Outputs =
        [
            .. cell.Cell.States.Select((_, i) => Add(i == 0 || KeepsStates ? everyStep : Extent.Once(row))),
        ];
        tape.Record = Add(records ? Extent.Of(cell.Steps, cell.RecordStride) : Extent.Once(cell.CarriedLength));
        if (records && cell.DropsState)
        {
            tape.StateMask = Add(Extent.Once(row));
            tape.DroppedState = Add(Extent.Of(cell.Steps, row));
        }
    }

    private TapeSection Add(Extent size)
    {
        var section = new TapeSection(Length, size);
        Length += size;
        return section;
    }
}

/// <summary>Where one layer's rows lie on a tape.</summary>
internal sealed class LayerTape
{
    /// <summary>Each state at every step and before the first one, or the output.</summary>
    public IReadOnlyList<TapeSection> Outputs { get; set; } = [];

    /// <summary>
    /// What the backward pass reads, and then the gradients of sums, or of a score's weights for each sequence; in prediction what stages leave
    /// for each other.
    /// </summary>
    public TapeSection Record { get; set; }

    /// <summary>What a layer needs while it computes.</summary>
    public TapeSection Scratch { get; set; }

    /// <summary>The factors of the state before the recurrent kernel.</summary>
    public TapeSection StateMask { get; set; }

    /// <summary>The state with these factors.</summary>
    public TapeSection DroppedState { get; set; }

    /// <summary>The gradient that arrives at the output.</summary>
    public TapeSection OutputGradient { get; set; }

    /// <summary>The gradients of the states, carried from step to step backwards.</summary>
    public TapeSection StateGradient { get; set; }

    /// <summary>The gradient of a recurrent operand that is not a state.</summary>
    public TapeSection OperandGradient { get; set; }

    /// <summary>The gradients of states that a skipped step leaves as they are.</summary>
    public TapeSection KeptGradient { get; set; }
}
