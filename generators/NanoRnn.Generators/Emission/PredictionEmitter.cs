using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The loops over time of prediction from several sequences, and the single step of a stream or a decoder. A sequence's memory has two
/// phases with every layer's output: a step reads one and writes the other. Behind them lie the other states and what one stage of a
/// cell leaves for the next.
/// </summary>
internal sealed class PredictionEmitter(SourceWriter writer, ModelPlan model)
{
    /// <summary>Whether several sequences go side by side; where steps are skipped each goes alone.</summary>
    public static bool HasRows(ModelPlan model) => model.IsStreamable && !model.Spec.Masks;

    /// <summary>Where a decoder finds what its encoder has left.</summary>
    private readonly PassText? _encoder = model.HasDecoder ? new PassText(model, model.WholeTape!, records: false) : null;

    public void Emit()
    {
        if (HasRows(model))
            EmitPredictRows();
        if (model.StreamLayers.Count > 0)
            EmitStep();
        if (model.StartsAtWeights)
            EmitStart();
    }

    private void EmitPredictRows()
    {
        var (capacity, last) = (model.RowsPerChunk, model.LastInPrediction);
        var takesTokens = model.Spec.TakesTokens;
        writer.Line();
        writer.Summary($"Up to {capacity} whole sequences side by side, from zero states.");
        writer.Line(PassesEmitter.Optimize);
        writer.Line("internal static void PredictRows<TKernels>(");
        writer.Line($"    ref float weights, ref {(takesTokens ? "int" : "float")} x, nint timeSteps, ref float y, ref float memory, nint rows)");
        using (writer.Block(PassesEmitter.Constraint))
        {
            writer.Line(model.InputSize == 1 ? "var xStride = timeSteps;" : $"var xStride = timeSteps * {model.InputSize};");
            writer.Line("ref var previous = ref memory;");
            writer.Line($"ref var next = ref RefAt(ref memory, {model.PhaseLength * capacity});");
            writer.Lines(StartCalls(capacity, "rows"));
            using (writer.Block("for (nint t = 0; t < timeSteps; t++)"))
            {
                foreach (var layer in model.StepLayers)
                    EmitRowsCall(layer, "next", capacity);
                if (model.ReturnsSequences)
                {
                    writer.Line(
                        $"Nano::RowOperations.Copy(ref {Output(last, "next", capacity)}, {last.Split.RowLength}, ref y, timeSteps * {model.OutputSize}, {model.OutputSize}, rows);");
                    writer.Line($"y = ref RefAt(ref y, {model.OutputSize});");
                }

                writer.Line(takesTokens ? "x = ref Unsafe.Add(ref x, 1);" : $"x = ref RefAt(ref x, {model.InputSize});");
                EmitSwap();
            }

            if (model.ReturnsSequences)
                return;
            foreach (var layer in model.FinalLayers)
                EmitRowsCall(layer, "previous", capacity);
            writer.Line(
                $"Nano::RowOperations.Copy(ref {Output(last, "previous", capacity)}, {last.Split.RowLength}, ref y, {model.OutputSize}, {model.OutputSize}, rows);");
        }
    }

    private void EmitStep()
    {
        var takesToken = model.StreamLayers[0] is EmbeddingPlan;
        writer.Line();
        writer.Summary("One time step; phase is 0 and 1 in turn.");
        writer.Line(PassesEmitter.Inline);
        writer.Line($"internal static void Step<TKernels>(");
        writer.Line(
            $"    ref float weights, {(takesToken ? "int token" : "ref float x")}, ref float y, ref float memory, nint phase" +
            $"{(model.Attending.Any() ? ", ref float tape, nint timeSteps" : "")})");
        using (writer.Block(PassesEmitter.Constraint))
        {
            if (model.Attending.Any())
            {
                writer.Line("nint sequences = 1, rows = 1;");
                writer.Lines(_encoder!.WindowSteps());
            }

            writer.Line($"ref var previous = ref RefAt(ref memory, phase * {model.PhaseLength});");
            writer.Line($"ref var next = ref RefAt(ref memory, (1 - phase) * {model.PhaseLength});");
            var masks = model.IsStreamable && model.Spec.Masks;
            if (masks)
                writer.Line(takesToken
                    ? "var isSkipped = token == 0;"
                    : $"var isSkipped = Nano::Mask.IsSkipped(ref x, {model.InputSize}, {PassText.MaskedValue(model)});");
            foreach (var layer in model.StreamLayers)
            {
                if (masks && layer is CellPlan { IsRecurrent: true })
                {
                    var (offset, row) = (layer.PhaseOffset, layer.Split.RowLength);
                    writer.Line("if (isSkipped)");
                    writer.Line($"    Nano::RowOperations.Copy(ref {At("previous", offset)}, 0, ref {At("next", offset)}, 0, {row}, 1);");
                    writer.Line("else");
                }

                EmitStepCall(layer);
            }

            var last = model.LastInPrediction;
            writer.Line(model.OutputSize == 1
                ? $"y = {Output(last, "next", 1)};"
                : $"Nano::RowOperations.Copy(ref {Output(last, "next", 1)}, 0, ref y, 0, {model.OutputSize}, 1);");
        }
    }

    /// <summary>Calls that copy states that are weights into a memory at its first phase.</summary>
    /// <param name="capacity">Sequences that the memory holds.</param>
    /// <param name="rows">How many begin.</param>
    private IEnumerable<string> StartCalls(int capacity, string rows)
    {
        foreach (var layer in model.StreamLayers.OfType<CellPlan>().Where(layer => layer.StartsAtWeights))
            for (var state = 0; state < layer.Cell.States.Count; state++)
            {
                var (row, place) = (layer.Split.RowLength, state == 0 ? layer.PhaseOffset : layer.MemoryOffset + (state - 1) * layer.Split.RowLength);
                yield return $"Nano::RowOperations.Copy(ref {StreamCalls.InitialState(layer, state)}, 0, ref {At("memory", place * capacity)}, {row}, {row}, {rows});";
            }
    }

    /// <summary>A memory before the first step, of a stream whose states before it are weights.</summary>
    private void EmitStart()
    {
        writer.Line();
        writer.Summary("The states before the first step.");
        using (writer.Block("internal static void Start(ref float weights, ref float memory)"))
            writer.Lines(StartCalls(1, "1"));
    }

    private void EmitSwap()
    {
        writer.Line("ref var swapped = ref previous;");
        writer.Line("previous = ref next;");
        writer.Line("next = ref swapped;");
    }

    private static string Output(LayerPlan layer, string phase, int rows) => At(phase, layer.PhaseOffset * rows);

    /// <param name="layer">The layer.</param>
    /// <param name="newest">The phase that holds the newest output of the layer below and takes this layer's.</param>
    /// <param name="rows">Sequences that the memory holds.</param>
    private void EmitRowsCall(LayerPlan layer, string newest, int rows)
    {
        if (layer is not CellPlan { IsRecurrent: true } cell)
        {
            writer.Lines(StreamCalls.Of(layer, [.. layer.Sources.Select(Input)], Output(layer, newest, rows), Slots(layer, rows), "rows", areSequences: true));
            return;
        }

        var (input, stride) = Input(layer.Below);
        var arguments = new List<string> { $"ref {At("weights", layer.WeightOffset)}", "ref " + input, stride };
        AddStates(cell, newest, rows, arguments);
        writer.Line($"TKernels.{LayerEmitter.RowsName(cell)}<Nano::Predicting>(");
        writer.Line($"    {string.Join(", ", arguments)}, rows);");

        (string Reference, string Stride) Input(LayerPlan? source) => LayerPlan.InPrediction(source) is { } below
            ? (Output(below, newest, rows), below.Split.RowLength.ToString())
            : ("x", "xStride");
    }

    private void EmitStepCall(LayerPlan layer)
    {
        if (layer is EmbeddingPlan)
        {
            if (layer == model.LastInPrediction)
                writer.Lines(StreamCalls.Of(layer, [("token", "0")], Output(layer, "next", 1), "memory", "1", areSequences: false));
            return;
        }

        if (layer is AttentionPlan attention)
        {
            writer.Lines(AttentionCalls.Forward(attention, _encoder!, null, Input(layer.Below), Output(layer, "next", 1), "1"));
            return;
        }

        if (layer is not CellPlan cell)
        {
            writer.Lines(StreamCalls.Of(layer, [.. layer.Sources.Select(source => (Input(source), "0"))], Output(layer, "next", 1), Slots(layer, 1), "1", areSequences: false));
            return;
        }

        var input = Input(layer.Below);
        var arguments = new List<string> { $"ref {At("weights", layer.WeightOffset)}", "ref " + input };
        AddStates(cell, "next", 1, arguments);
        if (cell.Alternates)
            arguments.Add("phase");
        writer.Line($"TKernels.{LayerEmitter.StepName(cell)}<Nano::Predicting>({string.Join(", ", arguments)});");

        // A token's row of the table is read where it lies.
        static string Input(LayerPlan? source) => LayerPlan.InPrediction(source) switch
        {
            null => "x",
            EmbeddingPlan table => $"RefAt(ref weights, {(table.WeightOffset == 0 ? "" : table.WeightOffset + " + ")}token * {table.Split.RowLength})",
            { } below => Output(below, "next", 1),
        };
    }

    private void AddStates(CellPlan layer, string newest, int rows, List<string> arguments)
    {
        if (layer.IsRecurrent)
            arguments.Add($"ref {Output(layer, "previous", rows)}");
        arguments.Add($"ref {Output(layer, newest, rows)}");
        var place = layer.MemoryOffset;
        for (var state = 1; state < layer.Cell.States.Count; state++, place += layer.Split.RowLength)
            arguments.AddRange([$"ref {At("memory", place * rows)}", $"ref {At("memory", place * rows)}"]);
        arguments.Add($"ref {Slots(layer, rows)}");
        if (layer.DropsState)
            arguments.Add($"ref {Output(layer, "previous", rows)}");
    }

    /// <summary>Where the stages of a cell leave values for each other.</summary>
    private string Slots(LayerPlan layer, int rows)
    {
        var states = layer is CellPlan { IsRecurrent: true } cell ? cell.Cell.States.Count - 1 : 0;
        return At("memory", Math.Min(layer.MemoryOffset + states * layer.Split.RowLength, model.MemoryLength - 1) * rows);
    }
}
