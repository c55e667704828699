using NanoRnn.CompilerServices;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission.Passes;

/// <summary>
/// How a pass over whole sequences writes its places: inputs, steps, and rows on its tape. On the tape everything is time-major: step,
/// sequence, unit.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="tape">The pass's memory.</param>
/// <param name="records">Whether it is a training pass, which has a workspace; a prediction has references.</param>
internal sealed class PassText(ModelPlan model, TapePlan tape, bool records)
{
    public TapePlan Tapes => tape;

    public bool Records => records;

    /// <summary>Whether the pass goes through some of the steps at a time.</summary>
    private bool IsRanged(TimeAxis axis) => records && model.IsStreamable && axis.Kind == TimeAxisKind.Source;

    /// <summary>Number of steps.</summary>
    public static string Steps(TimeAxis axis) => axis.Kind switch
    {
        TimeAxisKind.Source => "timeSteps",
        TimeAxisKind.Target => "targetSteps",
        TimeAxisKind.Windows => "stepsOf" + SnakeCase.ToPascalCase(axis.Windows!.Name),
        TimeAxisKind.Fixed => axis.Count.ToString(),
        _ => "1",
    };

    /// <summary>The first step of a pass's range, and the one behind its last.</summary>
    public (string First, string End) Range(TimeAxis axis) => IsRanged(axis) ? ("firstStep", "endStep") : ("0", Steps(axis));

    /// <summary>The first step of the range, or null if it is the first of all.</summary>
    public string? Start(TimeAxis axis) => IsRanged(axis) ? "firstStep" : null;

    /// <summary>Where the range of a backward pass is on the tape, which may not have the steps before it.</summary>
    public (string? First, string End) TapeRange(TimeAxis axis) => IsRanged(axis) ? ("tapeFirst", "tapeEnd") : (null, Steps(axis));

    /// <summary>Rows of the tape before the range of a backward pass; null if none.</summary>
    public string? SkippedRows(TimeAxis axis) => TapeRange(axis).First is { } first ? $"{first} * sequences" : null;

    /// <summary>Number of steps that the tape has.</summary>
    private string StepsOnTape(TimeAxis axis) => IsRanged(axis) ? "tapeSteps" : Steps(axis);

    /// <summary>Whether the range is the one with the last step, an expression; null if that is always so.</summary>
    public string? IsLastRange => IsRanged(TimeAxis.Source) ? "endStep == timeSteps" : null;

    /// <summary>The rows of a range whose states before the step are zeros, of a layer that starts with them.</summary>
    public string ZeroStateRows => IsRanged(TimeAxis.Source) ? "zeroStateRows" : "sequences";

    /// <summary>The layer whose output is read; null for the model's input.</summary>
    /// <param name="layer">The layer that reads.</param>
    /// <param name="source">Which of its sources.</param>
    public LayerPlan? Source(LayerPlan layer, int source = 0) => records ? layer.Sources[source] : LayerPlan.InPrediction(layer.Sources[source]);

    /// <summary>From one sequence's input to the next one's.</summary>
    public string InputStride(LayerPlan layer, int source = 0) => Source(layer, source) is { } read ? read.Split.RowLength.ToString()
        : records ? model.InputSize.ToString()
        : model.InputSize == 1 ? "timeSteps" : $"timeSteps * {model.InputSize}";

    /// <summary>From one step's inputs to the next one's.</summary>
    public string InputStep(LayerPlan layer, int source = 0) => Source(layer, source) is { } read ? Rows(read.Split.RowLength)
        : records ? Rows(model.InputSize)
        : model.InputSize.ToString();

    /// <summary>The input of a layer at some step, as a reference to its first row.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="first">The first sequence, or null.</param>
    /// <param name="step">The number of the step on the tape, or null for the first; of the model's own input it is that of the range.</param>
    /// <param name="source">Which of its sources.</param>
    public string Input(LayerPlan layer, string? first, string? step = null, int source = 0)
    {
        if (Source(layer, source) is { } read)
            return Output(read, first, step);
        step = Start(layer.Steps) ?? step;
        if (!records)
            return step is null ? "inputs" : $"RefAt(ref inputs, {step} * {model.InputSize})";
        var rows = step is null ? first : first is null ? $"{step} * sequences" : $"({step} * sequences + {first})";
        return rows is null ? "workspace.Inputs.Reference" : $"RefAt(ref workspace.Inputs.Reference, {rows} * {model.InputSize})";
    }

    /// <summary>A layer's output at a step if it has one at each, else its last one.</summary>
    public string Output(LayerPlan layer, string? first, string? step = null) =>
        layer is CellPlan { IsRecurrent: true, OutputIsSequence: false } cell
            ? LastState(cell, 0, first)
            : Row(tape[layer].Outputs[0], layer.Split.RowLength, first, step, layer is CellPlan { IsReversed: true } ? 0 : layer.PastSteps);

    /// <summary>A state after the last step that was gone through.</summary>
    public string LastState(CellPlan cell, int state, string? first) =>
        Row(tape[cell].Outputs[state], cell.Split.RowLength, first, cell.IsReversed || IsOverwritten(state) ? null : StepsOnTape(cell.Steps));

    /// <summary>Whether a state has one row, which every step overwrites.</summary>
    public bool IsOverwritten(int state) => state > 0 && !tape.KeepsStates;

    /// <summary>So many rows, one for each sequence, of so many floats.</summary>
    public static string Rows(int floats) => $"sequences * {floats}";

    /// <summary>The row of a sequence at a step.</summary>
    /// <param name="section">The section.</param>
    /// <param name="stride">Floats of a row.</param>
    /// <param name="first">The sequence, or null for the first.</param>
    /// <param name="step">The step, or null for the first.</param>
    /// <param name="later">How many steps later the row is that is meant.</param>
    public string Row(TapeSection section, int stride, string? first = null, string? step = null, int later = 0)
    {
        var steps = later == 0 ? step : step is null ? later.ToString() : $"({step} + {later})";
        return Skip(section, stride, first, steps is null ? null : steps == "1" ? "sequences" : $"{steps} * sequences");
    }

    /// <summary>A place in a section behind so many rows.</summary>
    public string Skip(TapeSection section, int stride, string? first, string? rows)
    {
        var terms = new List<string>();
        if (!section.Start.IsZero)
            terms.Add($"sequences * ({Length(section.Start, steps: StepsOnTape(TimeAxis.Source))})");
        if (rows is not null || first is not null)
            terms.Add(rows is null ? $"{first} * {stride}" : first is null ? $"{rows} * {stride}" : $"({rows} + {first}) * {stride}");
        return terms.Count == 0 ? "tape" : $"RefAt(ref tape, {string.Join(" + ", terms)})";
    }

    /// <summary>Floats of a sequence, an expression.</summary>
    public static string Length(Extent extent, string suffix = "", string steps = "timeSteps") =>
        $"{extent.PerStep}{suffix} * {steps} + {(extent.PerTargetStep > 0 ? $"{extent.PerTargetStep}{suffix} * targetSteps + " : "")}{extent.Fixed}";

    /// <summary>What all features of a skipped step are, or the token of one.</summary>
    public static string MaskedValue(ModelPlan model) =>
        model.Spec.TakesTokens ? "0" : Dialect.Literal(model.Spec.Layers[0].MaskValue);

    /// <summary>
    /// Which sequences count at the step <c>t</c> of an axis, as a reference to the first one's number; null if no step is ever skipped.
    /// </summary>
    public string? Mask(TimeAxis axis) => Mask(axis, "t");

    /// <summary>The same at some step, or at the first one.</summary>
    private string? Mask(TimeAxis axis, string? step) => axis.Mask == StepMask.None || !(records || model.Spec.Masks) ? null
        : axis.Windows is { } windows ? Row(tape[windows].Mask, 1, "first", step)
        : records ? $"RefAt(ref workspace.{(axis.Kind == TimeAxisKind.Target ? "Target" : "")}{(axis.Mask == StepMask.Reversed ? "Reversed" : "")}Mask.Reference, {(step is null ? "" : step + " * sequences + ")}first)"
        : Row(axis.Mask == StepMask.Reversed ? tape.ReversedMask : tape.Mask, 1, null, step);

    /// <summary>Whether a step of an axis with a mask is skipped, a condition; null where it is not known before.</summary>
    public string? IsMasked(TimeAxis axis) =>
        records ? axis.Kind == TimeAxisKind.Target ? "workspace.IsTargetMasked" : "workspace.IsMasked" : null;

    /// <summary>How many steps of an axis each sequence has: a span from that of the first one on, empty if all have all.</summary>
    public string Lengths(TimeAxis axis) => !records ? "default"
        : axis.Windows is { } windows ? $"Nano::TimeWindows.Lengths(workspace, ref {Row(tape[windows].Lengths, 1, "first")}, rows)"
        : axis.Kind == TimeAxisKind.Source ? "workspace.GetLengths(first)"
        : "default";

    private static string Geometry(WindowGeometry windows) =>
        $"new Nano::WindowGeometry({windows.KernelSize}, {windows.DilationRate}, {windows.Strides}, global::NanoRnn.Padding.{windows.Padding})";

    /// <summary>The numbers of steps of the model's axes of windows.</summary>
    public IEnumerable<string> WindowSteps() =>
        model.WindowAxes.Select(axis => $"var {Steps(axis)} = {Geometry(axis.Windows!.Geometry)}.Count({Steps(axis.Windows.From)});");

    /// <summary>What a training pass notes of axes of windows before it begins, where sequences have lengths.</summary>
    public IEnumerable<string> WindowLengths()
    {
        foreach (var axis in model.WindowAxes)
        {
            var windows = axis.Windows!;
            yield return $"Nano::TimeWindows.Count({Geometry(windows.Geometry)}, {Lengths(windows.From)}, ref {Row(tape[windows].Lengths, 1, "first")});";
            yield return $"Nano::TimeWindows.Mask({Lengths(axis)}, ref {Row(tape[windows].Mask, 1, "first")}, {Steps(axis)}, sequences, rows);";
        }
    }

    /// <summary>The call of a layer that sees several steps of whole sequences at once.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="windows">The method that puts windows together.</param>
    /// <param name="pooling">The method of a pooling.</param>
    /// <param name="places">Where it reads and writes.</param>
    /// <param name="options">What comes last.</param>
    public string WindowsCall(LayerPlan layer, string windows, string pooling, string places, string options = "")
    {
        var call = layer is not PoolingPlan pool ? $"TimeWindows.{windows}({Geometry(layer.Spec.Windows)}, {Lengths(layer.Steps)}"
            : layer.OutputIsSequence ? $"Pooling.{pooling}({Geometry(layer.Spec.Windows)}, {Flag(pool.IsMean)}, {Lengths(layer.Steps)}"
            : $"Pooling.{pooling}All({Flag(pool.IsMean)}, {Lengths(layer.Steps)}, ref {StepsThatCount(layer.Steps)}";
        return $"Nano::{call}, {places}, {layer.Inputs}, {Steps(layer.Steps)}, sequences, rows{options});";

        static string Flag(bool value) => value ? "true" : "false";
    }

    /// <summary>A mask of all steps, from the first one on; nothing where none is skipped within a sequence.</summary>
    public string StepsThatCount(TimeAxis axis) => axis.Windows is not null ? "Unsafe.NullRef<float>()" : Counted(axis, step: null);

    /// <summary>A mask from a step on, or from the first one; nothing where all count.</summary>
    public string Counted(TimeAxis axis, string? step) =>
        Mask(axis, step) is not { } mask ? "Unsafe.NullRef<float>()"
        : IsMasked(axis) is { } isMasked
            ? $"({(axis.Windows is null ? isMasked : "workspace.HasLengths")} ? ref {mask} : ref Unsafe.NullRef<float>())"
        : mask;

    /// <summary>Mean and variance of a batch, in a training pass.</summary>
    public static string Statistics(BatchStatisticsPlan layer) => $"RefAt(ref workspace.Gradients.Reference, {layer.WeightOffset})";

    /// <summary>What they hand back to all rows.</summary>
    public string StatisticsBackward(BatchStatisticsPlan layer) =>
        $"RefAt(ref workspace.Gradients.Reference, {layer.WeightOffset + model.StatisticsLength})";

    /// <summary>The call that reverses the steps of each sequence, which in training may have a length of its own.</summary>
    public string Reversal(LayerPlan layer, string source, string target) =>
        $"Nano::Reversal.Run({Lengths(layer.Output)}, " +
        $"ref {source}, ref {target}, {layer.Split.RowLength}, {Steps(layer.Output)}, sequences, rows);";
}
