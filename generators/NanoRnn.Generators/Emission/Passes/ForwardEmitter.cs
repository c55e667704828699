using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission.Passes;

/// <summary>
/// The way up through the layers, each over the whole time: of training, with everything recorded, and of prediction where layers do
/// not go step by step together.
/// </summary>
internal sealed class ForwardEmitter(SourceWriter writer, ModelPlan model, PassText text)
{
    private string? FirstRow => text.Records ? "first" : null;

    private string Mode => text.Records ? "Recording" : "Predicting";

    public void Emit(LayerPlan layer)
    {
        if (layer.IsTransparent && !text.Records)
            return;
        writer.Line();
        writer.Line($"// {layer.Name}");
        using (layer.InputIsSequence || text.IsLastRange is null ? writer.Block() : writer.Block($"if ({text.IsLastRange})"))
            switch (layer)
            {
                case CellPlan cell:
                    EmitCell(cell);
                    break;
                case EmbeddingPlan embedding:
                    EmitEmbedding(embedding);
                    break;
                case DropoutPlan dropout:
                    EmitDropout(dropout);
                    break;
                case NormalizationPlan normalization:
                    EmitRows(normalization, NormalizationCall(
                        normalization, "x", text.InputStride(layer), "y", text.Records ? "ref record" : null, "rows"));
                    break;
                case BatchStatisticsPlan statistics:
                    EmitStandardization(statistics);
                    break;
                case ScalingPlan scaling:
                    EmitRows(scaling, ScalingCall(scaling, "x", text.InputStride(layer), "y", "rows"));
                    break;
                case WindowPlan window:
                    EmitWindow(window);
                    break;
                case ConvolutionPlan convolution:
                    if (!text.Records)
                        writer.Line($"ref var record = ref {text.Row(text.Tapes[layer].Scratch, layer.RecordStride, FirstRow)};");
                    EmitRows(layer, PositionCalls.Forward(convolution, "x", text.InputStride(layer), "y", "record", "rows"));
                    break;
                case PaddingPlan padding:
                    EmitRows(layer, PositionCalls.Pad(padding, "x", text.InputStride(layer), "y", "rows"));
                    break;
                case GatherPlan or PoolingPlan:
                    EmitWindows(layer);
                    break;
                case AttentionPlan attention:
                    writer.Lines(AttentionCalls.Forward(
                        attention, text, FirstRow, text.Input(layer, FirstRow), text.Output(layer, FirstRow), PassText.Steps(layer.Steps)));
                    break;
                case SlicePlan slice:
                    EmitRows(slice, StreamCalls.Slice(slice, "x", text.InputStride(layer), "y", "rows"));
                    break;
                case MergePlan merge:
                    EmitMerge(merge);
                    break;
                case RearrangementPlan rearrangement:
                    EmitRearrangement(rearrangement);
                    break;
            }
    }

    private void EmitCell(CellPlan layer)
    {
        var (tape, row, states) = (text.Tapes[layer], layer.Split.RowLength, layer.Cell.States);
        var last = $"({PassText.Steps(layer.Steps)} - 1)";
        writer.Line($"ref var x = ref {text.Input(layer, FirstRow, layer.IsReversed ? last : null)};");
        for (var i = 0; i < states.Count; i++)
        {
            var start = layer.IsReversed && !text.IsOverwritten(i) ? PassText.Steps(layer.Steps) : null;
            writer.Line($"ref var {CellEmitter.Previous(states[i].Name)} = ref {text.Row(tape.Outputs[i], row, FirstRow, start)};");
            EmitInitialState(layer, i);
        }

        if (!layer.IsRecurrent)
            writer.Line($"ref var {CellEmitter.Next("y")} = ref {text.Row(tape.Outputs[0], row, FirstRow)};");
        writer.Line($"ref var slots = ref {text.Row(tape.Record, layer.RecordStride, FirstRow, text.Records && layer.IsReversed ? last : null)};");
        if (DropsState(layer))
            EmitStateMask(layer);
        using (layer.InputIsSequence ? StepLoop(layer.Steps, layer.IsReversed) : (SourceWriter.Scope?)null)
        {
            for (var i = 0; i < states.Count; i++)
            {
                var previous = CellEmitter.Previous(states[i].Name);
                writer.Line($"ref var {CellEmitter.Next(states[i].Name)} = ref " + (text.IsOverwritten(i)
                    ? $"{previous};"
                    : $"RefAt(ref {previous}, {Direction(layer)}{PassText.Rows(row)});"));
            }

            EmitKernel(layer);
            if (layer.InputIsSequence)
                EmitAdvance(layer);
        }

        if (CarriesState(layer))
            for (var i = 0; i < states.Count; i++)
                writer.Line(
                    $"Nano::CarriedState.Keep(workspace, {layer.StateOffset + i * row}, ref {CellEmitter.Previous(states[i].Name)}, {row}, first, rows);");
    }

    private bool DropsState(CellPlan layer) => text.Records && layer.DropsState;

    private static string Direction(CellPlan layer) => layer.IsReversed ? "-" : "";

    private SourceWriter.Scope StepLoop(TimeAxis axis, bool isReversed = false)
    {
        var (first, end) = text.Range(axis);
        return writer.Block(isReversed ? $"for (nint t = {end} - 1; t >= {first}; t--)" : $"for (nint t = {first}; t < {end}; t++)");
    }

    private void EmitInitialState(CellPlan layer, int state)
    {
        var (row, previous) = (layer.Split.RowLength, CellEmitter.Previous(layer.Cell.States[state].Name));
        writer.Line(
            layer.InitialState is { } source
                ? $"Nano::RowOperations.Copy(ref {text.LastState(source, state, FirstRow)}, {row}, ref {previous}, {row}, {row}, rows);"
            : layer.StartsAtWeights && CarriesState(layer)
                ? $"Nano::CarriedState.StartFrom(workspace, {layer.StateOffset + state * row}, ref {StreamCalls.InitialState(layer, state)}, ref {previous}, {row}, first, rows);"
            : layer.StartsAtWeights
                ? $"Nano::RowOperations.Copy(ref {StreamCalls.InitialState(layer, state)}, 0, ref {previous}, {row}, {row}, rows);"
            : CarriesState(layer)
                ? $"Nano::CarriedState.Start(workspace, {layer.StateOffset + state * row}, ref {previous}, {row}, first, rows);"
            : $"Nano::RowOperations.Clear(ref {previous}, rows * {row});");
    }

    private bool CarriesState(LayerPlan layer) => text.Records && model.IsStreamable && layer.StateLength > 0;

    private void EmitStateMask(CellPlan layer)
    {
        var (tape, row) = (text.Tapes[layer], layer.Split.RowLength);
        writer.Line($"ref var stateMask = ref {text.Row(tape.StateMask, row, "first")};");
        writer.Line(
            $"Nano::Dropout.Draw(workspace, {Number(layer)}, {Literal(layer.Spec.RecurrentDropout)}, first, ref stateMask, {layer.Units}, {row}, rows);");
        writer.Line($"ref var operand = ref {text.Row(tape.DroppedState, row, "first", layer.IsReversed ? $"({PassText.Steps(layer.Steps)} - 1)" : null)};");
    }

    private void EmitKernel(CellPlan layer)
    {
        var row = layer.Split.RowLength;
        if (DropsState(layer))
            writer.Line($"Nano::Dropout.Apply(ref {CellEmitter.Previous(layer.Cell.States[0].Name)}, {row}, ref stateMask, ref operand, {row}, {row}, rows);");
        var arguments = CellEmitter.ForwardReferences(layer).Select(name => "ref " + name).ToList();
        if (layer.DropsState)
            arguments.Add("ref " + (text.Records ? "operand" : CellEmitter.Previous(layer.Cell.States[0].Name)));
        writer.Line($"TKernels.{LayerEmitter.RowsName(layer)}<Nano::{Mode}>(");
        writer.Line(
            $"    ref {At("weights", layer.WeightOffset)}, ref x, {text.InputStride(layer)}, {string.Join(", ", arguments)}, rows);");
        if (!layer.IsRecurrent || text.Mask(layer.Steps) is not { } mask)
            return;
        using (text.IsMasked(layer.Steps) is { } isMasked ? writer.Block($"if ({isMasked})") : (SourceWriter.Scope?)null)
            foreach (var state in layer.Cell.States)
                writer.Line(
                    $"Nano::Mask.Keep(ref {mask}, ref {CellEmitter.Previous(state.Name)}, ref {CellEmitter.Next(state.Name)}, {row}, rows);");
    }

    private void EmitAdvance(CellPlan layer)
    {
        var (direction, row) = (Direction(layer), layer.Split.RowLength);
        writer.Line($"x = ref RefAt(ref x, {direction}{text.InputStep(layer)});");
        foreach (var state in layer.Cell.States)
            writer.Line($"{CellEmitter.Previous(state.Name)} = ref {CellEmitter.Next(state.Name)};");
        if (!layer.IsRecurrent)
            writer.Line($"{CellEmitter.Next("y")} = ref RefAt(ref {CellEmitter.Next("y")}, {PassText.Rows(row)});");
        if (text.Records)
            writer.Line($"slots = ref RefAt(ref slots, {direction}{PassText.Rows(layer.RecordStride)});");
        if (DropsState(layer))
            writer.Line($"operand = ref RefAt(ref operand, {direction}{PassText.Rows(row)});");
    }

    private void EmitEmbedding(EmbeddingPlan layer)
    {
        var row = layer.Split.RowLength;
        var skipped = text.Start(layer.Output) is { } start ? start + " * sequences" : null;
        var (first, end) = text.Range(layer.Output);
        var (tokens, rowStride, stepStride) = text.Records
            ? ($"Nano::EmbeddingTable.Tokens(workspace{(layer.IsDecoder ? ".TargetInputs" : ".Inputs")}, {(skipped is null ? "" : skipped + " + ")}first)", "1", "sequences")
            : ("inputs", "timeSteps", "1");
        writer.Line($"ref var tokens = ref {tokens};");
        writer.Line($"ref var y = ref {text.Row(text.Tapes[layer].Outputs[0], row, FirstRow)};");
        writer.Line(
            $"Nano::EmbeddingTable.Lookup(ref {At("weights", layer.WeightOffset)}, {layer.Vocabulary}, {row}, ref tokens, {rowStride}, {stepStride}, ref y, " +
            $"{PassText.Rows(row)}, rows, {(first == "0" ? end : $"{end} - {first}")});");
    }

    private void EmitDropout(DropoutPlan layer)
    {
        var (tape, row, features) = (text.Tapes[layer], layer.Split.RowLength, layer.Features);
        writer.Line($"ref var x = ref {text.Input(layer, FirstRow)};");
        writer.Line($"ref var y = ref {text.Row(tape.Outputs[0], row, FirstRow)};");
        writer.Line($"ref var factors = ref {text.Row(tape.Record, row, FirstRow)};");
        if (layer.IsPerSequence)
            EmitDraw("first");
        using (layer.OutputIsSequence ? StepLoop(layer.Output) : (SourceWriter.Scope?)null)
        {
            if (!layer.IsPerSequence)
                EmitDraw(layer.OutputIsSequence ? "t * sequences + first" : "first");
            writer.Line($"Nano::Dropout.Apply(ref x, {text.InputStride(layer)}, ref factors, ref y, {features}, {row}, rows);");
            if (!layer.OutputIsSequence)
                return;
            writer.Line($"x = ref RefAt(ref x, {text.InputStep(layer)});");
            writer.Line($"y = ref RefAt(ref y, {PassText.Rows(row)});");
            if (!layer.IsPerSequence)
                writer.Line($"factors = ref RefAt(ref factors, {PassText.Rows(row)});");
        }

        void EmitDraw(string firstRow) => writer.Line(
            $"Nano::Dropout.Draw(workspace, {Number(layer)}, {Literal(layer.Rate)}, {firstRow}, ref factors, {features}, {row}, rows);");
    }

    /// <summary>A call for the rows of each step.</summary>
    private void EmitRows(LayerPlan layer, string call)
    {
        var (tape, row) = (text.Tapes[layer], layer.Split.RowLength);
        writer.Line($"ref var x = ref {text.Input(layer, FirstRow)};");
        writer.Line($"ref var y = ref {text.Row(tape.Outputs[0], row, FirstRow)};");
        var records = text.Records && layer.RecordStride > 0;
        if (records)
            writer.Line($"ref var record = ref {text.Row(tape.Record, layer.RecordStride, FirstRow)};");
        using (layer.OutputIsSequence ? StepLoop(layer.Output) : (SourceWriter.Scope?)null)
        {
            writer.Line(call);
            if (!layer.OutputIsSequence)
                return;
            writer.Line($"x = ref RefAt(ref x, {text.InputStep(layer)});");
            writer.Line($"y = ref RefAt(ref y, {PassText.Rows(row)});");
            if (records)
                writer.Line($"record = ref RefAt(ref record, {PassText.Rows(layer.RecordStride)});");
        }
    }

    private void EmitWindow(WindowPlan layer)
    {
        var (outputs, row) = (text.Tapes[layer].Outputs[0], layer.Split.RowLength);
        writer.Line($"ref var x = ref {text.Input(layer, FirstRow)};");
        writer.Line($"ref var past = ref {text.Row(outputs, row, FirstRow)};");
        writer.Line($"ref var y = ref {text.Output(layer, FirstRow)};");
        writer.Line(CarriesState(layer)
            ? $"Nano::SlidingWindow.Start(workspace, {layer.StateOffset}, ref past, {row}, {layer.Dilation}, first, rows);"
            : $"Nano::RowOperations.ClearSteps(ref past, {row}, {layer.Dilation}, sequences, rows);");
        using (StepLoop(layer.Output))
        {
            writer.Line($"Nano::SlidingWindow.Forward(ref past, ref x, {text.InputStride(layer)}, ref y, {row}, {layer.Inputs}, {layer.KernelSize}, rows);");
            writer.Line($"x = ref RefAt(ref x, {text.InputStep(layer)});");
            writer.Line($"past = ref RefAt(ref past, {PassText.Rows(row)});");
            writer.Line($"y = ref RefAt(ref y, {PassText.Rows(row)});");
        }

        if (CarriesState(layer))
            writer.Line($"Nano::SlidingWindow.Keep(workspace, {layer.StateOffset}, ref past, {row}, {layer.Dilation}, first, rows);");
    }

    private void EmitWindows(LayerPlan layer)
    {
        writer.Line($"ref var x = ref {text.Input(layer, FirstRow)};");
        writer.Line($"ref var y = ref {text.Row(text.Tapes[layer].Outputs[0], layer.Split.RowLength, FirstRow)};");
        writer.Line(text.WindowsCall(layer, "Gather", "Forward", $"ref x, {text.InputStride(layer)}, {text.InputStep(layer)}, ref y, {layer.Split.RowLength}"));
    }

    /// <summary>A normalization of some rows, recorded or not.</summary>
    public static string NormalizationCall(NormalizationPlan layer, string x, string xStride, string y, string? record, string rows) =>
        $"Nano::Normalization.{(record is null ? "Predict" : "Forward")}(ref {At("weights", layer.WeightOffset)}, ref {x}, {xStride}, ref {y}, " +
        $"{(record is null ? "" : record + ", ")}{layer.Features}, {layer.Split.RowLength}, {Literal(layer.Spec.Epsilon)}, {rows});";

    private void EmitStandardization(BatchStatisticsPlan layer)
    {
        var moving = At("weights", layer.WeightOffset);
        if (text.Records)
            writer.Line($"ref var statistics = ref (workspace.IsTraining ? ref {PassText.Statistics(layer)} : ref {moving});");
        EmitRows(layer, StandardizationCall(layer, text.Records ? "statistics" : moving, "x", text.InputStride(layer), "y", "rows"));
    }

    /// <summary>A standardization of some rows.</summary>
    public static string StandardizationCall(BatchStatisticsPlan layer, string statistics, string x, string xStride, string y, string rows) =>
        $"Nano::FeatureScaling.Standardize(ref {statistics}, {Literal(layer.Spec.Epsilon)}, ref {x}, {xStride}, ref {y}, {layer.Features}, " +
        $"{layer.Split.RowLength}, {rows});";

    /// <summary>A scaling of some rows.</summary>
    public static string ScalingCall(ScalingPlan layer, string x, string xStride, string y, string rows) =>
        $"Nano::FeatureScaling.{(layer.IsInverse ? "Denormalize" : "Normalize")}(ref {At("weights", layer.WeightOffset)}, {KindOf(layer)}, " +
        $"ref {x}, {xStride}, ref {y}, {layer.Features}, {layer.Split.RowLength}, {rows});";

    /// <summary>Which statistics a scaling has, in the runtime's words.</summary>
    public static string KindOf(ScalingPlan layer) => $"global::NanoRnn.NormalizationKind.{layer.Spec.NormalizationKind}";

    private void EmitRearrangement(RearrangementPlan layer)
    {
        var row = layer.Split.RowLength;
        writer.Line($"ref var y = ref {text.Row(text.Tapes[layer].Outputs[0], row, FirstRow)};");
        writer.Line($"ref var x = ref {text.Output(text.Source(layer)!, FirstRow)};");
        if (layer.Node is ReverseNode)
        {
            writer.Line(text.Reversal(layer, "x", "y"));
            return;
        }

        using (StepLoop(layer.Output))
        {
            writer.Line($"Nano::RowOperations.Copy(ref x, {row}, ref y, {row}, {row}, rows);");
            writer.Line($"y = ref RefAt(ref y, {PassText.Rows(row)});");
        }
    }

    private void EmitMerge(MergePlan layer)
    {
        var (row, sources) = (layer.Split.RowLength, Enumerable.Range(0, layer.Sources.Count).ToArray());
        writer.Line($"ref var y = ref {text.Row(text.Tapes[layer].Outputs[0], row, FirstRow)};");
        foreach (var source in sources)
            writer.Line($"ref var x{source + 1} = ref {text.Input(layer, FirstRow, source: source)};");
        using (layer.OutputIsSequence ? StepLoop(layer.Output) : (SourceWriter.Scope?)null)
        {
            writer.Lines(MergeCalls.Forward(layer, [.. sources.Select(source => ($"x{source + 1}", text.InputStride(layer, source)))], "y", "rows"));
            if (layer.ClearsSkipped && text.Mask(layer.Output) is { } mask)
            {
                if (text.IsMasked(layer.Output) is { } isMasked)
                    writer.Line($"if ({isMasked})");
                writer.Line($"{(text.Records ? "    " : "")}Nano::Mask.Clear(ref {mask}, ref y, {row}, rows);");
            }

            if (!layer.OutputIsSequence)
                return;
            writer.Line($"y = ref RefAt(ref y, {PassText.Rows(row)});");
            foreach (var source in sources)
                writer.Line($"x{source + 1} = ref RefAt(ref x{source + 1}, {text.InputStep(layer, source)});");
        }
    }

    /// <summary>The layer's number, which makes its random numbers its own.</summary>
    private int Number(LayerPlan layer) => model.Layers.TakeWhile(other => other != layer).Count();

    private static string Literal(float value) => Dialect.Literal(value);
}
