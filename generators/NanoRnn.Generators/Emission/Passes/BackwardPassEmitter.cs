using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission.Passes;

/// <summary>The way back down through the layers: from the gradient of each layer's output to those of its sums and of its input.</summary>
internal sealed class BackwardPassEmitter(SourceWriter writer, ModelPlan model, PassText text)
{
    public void Emit(LayerPlan layer)
    {
        if (layer is EmbeddingPlan || !layer.IsTrained)
            return;
        writer.Line();
        writer.Line($"// {layer.Name}");
        using (layer.InputIsSequence || text.IsLastRange is null ? writer.Block() : writer.Block($"if ({text.IsLastRange})"))
            switch (layer)
            {
                case CellPlan cell:
                    EmitCell(cell);
                    break;
                case DropoutPlan dropout:
                    EmitDropout(dropout);
                    break;
                case NormalizationPlan normalization:
                    EmitRows(normalization, NormalizationCall(normalization));
                    break;
                case BatchStatisticsPlan statistics:
                    EmitBatchStatistics(statistics);
                    break;
                case ScalingPlan scaling:
                    EmitRows(scaling, $"Nano::FeatureScaling.DenormalizeBackward(ref {At("weights", layer.WeightOffset)}, {ForwardEmitter.KindOf(scaling)}, " +
                        $"ref arriving, ref below, {layer.Features}, {layer.Split.RowLength}, rows{(layer.AddsToBelow ? ", accumulates: true" : "")});");
                    break;
                case WindowPlan window:
                    EmitWindow(window);
                    break;
                case ConvolutionPlan convolution:
                    EmitConvolution(convolution);
                    break;
                case PaddingPlan padding:
                    EmitRows(padding, PositionCalls.PadBackward(padding));
                    break;
                case GatherPlan or PoolingPlan:
                    EmitWindows(layer);
                    break;
                case AttentionPlan attention:
                    writer.Lines(AttentionCalls.Backward(attention, text));
                    break;
                case SlicePlan slice:
                    EmitRows(slice, $"Nano::RowOperations.{(layer.AddsToBelow ? "Add" : "CopyBetweenZeros")}(ref arriving, {layer.Split.RowLength}, " +
                        (layer.AddsToBelow
                            ? $"ref {At("below", slice.Start)}, {layer.InputStride}, {layer.Features}, rows);"
                            : $"ref below, {layer.InputStride}, {slice.Start}, {layer.Features}, rows);"));
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
        var references = BackwardEmitter.References(layer).ToArray();
        var (begin, end) = text.Range(layer.Steps);

        // The step that the forward pass came to last.
        var start = !layer.InputIsSequence || layer.IsReversed ? null : $"({text.TapeRange(layer.Steps).End} - 1)";
        for (var i = 0; i < states.Count; i++)
        {
            writer.Line($"ref var {CellEmitter.Previous(states[i].Name)} = ref {text.Row(tape.Outputs[i], row, "first", start, layer.IsReversed ? 1 : 0)};");
            EmitLastStateGradient(layer, i);
        }

        writer.Line($"ref var slots = ref {text.Row(tape.Record, layer.RecordStride, "first", start)};");
        if (references.Contains("arriving"))
            writer.Line($"ref var arriving = ref {text.Row(tape.OutputGradient, row, "first", start)};");
        if (references.Contains("gradientOfOperand") || layer.DropsState)
            writer.Line($"ref var gradientOfOperand = ref {text.Row(tape.OperandGradient, row, "first")};");
        if (layer.DropsState)
            writer.Line($"ref var stateMask = ref {text.Row(tape.StateMask, row, "first")};");
        if (layer.HasSoftmax)
            writer.Line($"ref var {CellEmitter.Next("y")} = ref {text.Row(tape.Outputs[0], row, "first", start)};");
        if (layer.TrainedBelow is { } below)
            writer.Line($"ref var below = ref {text.Row(text.Tapes[below].OutputGradient, below.Split.RowLength, "first", start)};");
        var mask = Mask(layer);
        if (mask is not null)
            for (var i = 0; i < states.Count; i++)
                writer.Line($"ref var kept{i + 1} = ref {OfState(tape.KeptGradient, layer, i)};");

        using (layer.InputIsSequence
            ? writer.Block(layer.IsReversed
                ? $"for (nint t = {begin}; t < {end}; t++)"
                : $"for (nint t = {end} - 1; t >= {begin}; t--)")
            : (SourceWriter.Scope?)null)
        {
            var forwards = layer.IsReversed ? "-" : "";
            foreach (var state in states)
                writer.Line(
                    $"ref var {CellEmitter.Next(state.Name)} = ref RefAt(ref {CellEmitter.Previous(state.Name)}, {forwards}{PassText.Rows(row)});");
            if (mask is not null)
                EmitKeep(layer, mask, keeps: true);
            EmitCalls(layer, references, mask);
            if (mask is not null)
                EmitKeep(layer, mask, keeps: false);
            if (!layer.InputIsSequence)
                return;
            foreach (var state in states)
                EmitBack(CellEmitter.Previous(state.Name), row);
            EmitBack("slots", layer.RecordStride);
            if (references.Contains("arriving"))
                EmitBack("arriving", row);
            if (layer.HasSoftmax)
                EmitBack(CellEmitter.Next("y"), row);
            if (layer.TrainedBelow is not null)
                EmitBack("below", layer.InputStride);
        }

        void EmitBack(string reference, int stride) =>
            writer.Line($"{reference} = ref RefAt(ref {reference}, {(layer.IsReversed ? "" : "-")}{PassText.Rows(stride)});");
    }

    /// <summary>Whether there is a step before this one.</summary>
    private static string IsAfterFirst(CellPlan layer) => layer.IsReversed ? $"t < {PassText.Steps(layer.Steps)} - 1" : "t > 0";

    private string? Mask(CellPlan layer) => layer.IsRecurrent ? text.Mask(layer.Steps) : null;

    private string StateGradient(CellPlan layer, int state) => OfState(text.Tapes[layer].StateGradient, layer, state);

    /// <summary>The rows of a state in a section that has all states, one behind the other.</summary>
    private string OfState(TapeSection section, CellPlan layer, int state) =>
        text.Skip(section, layer.Split.RowLength, "first", state == 0 ? null : $"{state} * sequences");

    /// <summary>What arrives at a state after the last step: from the output if that is all there is of it, from a decoder, or nothing.</summary>
    private void EmitLastStateGradient(CellPlan layer, int state)
    {
        var (row, gradient) = (layer.Split.RowLength, CellEmitter.Gradient(layer.Cell.States[state].Name));
        writer.Line($"ref var {gradient} = ref {StateGradient(layer, state)};");
        var indent = "";
        if (text.IsLastRange is { } condition)
        {
            writer.Line($"if ({condition})");
            indent = "    ";
        }

        var source = layer.StateReader is { } reader ? StateGradient(reader, state)
            : state == 0 && !layer.OutputIsSequence ? text.Row(text.Tapes[layer].OutputGradient, row, "first")
            : null;
        writer.Line(source is null
            ? $"{indent}Nano::RowOperations.Clear(ref {gradient}, rows * {row});"
            : $"{indent}Nano::RowOperations.Copy(ref {source}, {row}, ref {gradient}, {row}, {row}, rows);");
    }

    /// <summary>A skipped step hands the gradients of its states on: they are put aside before it and taken back after it.</summary>
    private void EmitKeep(CellPlan layer, string mask, bool keeps)
    {
        using (writer.Block($"if ({text.IsMasked(layer.Steps)})"))
            for (var i = 0; i < layer.Cell.States.Count; i++)
            {
                var (row, gradient) = (layer.Split.RowLength, CellEmitter.Gradient(layer.Cell.States[i].Name));
                if (!keeps)
                    writer.Line($"Nano::Mask.Keep(ref {mask}, ref kept{i + 1}, ref {gradient}, {row}, rows);");
                else if (i == 0 && layer.OutputIsSequence)
                    writer.Line($"Nano::Mask.KeepSum(ref {mask}, ref {gradient}, ref arriving, ref kept{i + 1}, {row}, rows);");
                else
                    writer.Line($"Nano::Mask.Keep(ref {mask}, ref {gradient}, ref kept{i + 1}, {row}, rows);");
            }
    }

    private void EmitCalls(CellPlan layer, string[] references, string? mask)
    {
        foreach (var stage in layer.Stages.Reverse())
        {
            var cells = $"TKernels.{BackwardEmitter.MethodName(layer, stage)}({string.Join(", ", references.Select(name => "ref " + name))}, rows);";
            if (layer == model.Last && !layer.IsRecurrent)
            {
                writer.Line("if (workspace.OutputGradientsArePreActivation)");
                writer.Line($"    Nano::RowOperations.Copy(ref arriving, {layer.Split.RowLength}, ref slots, {layer.RecordStride}, {layer.Split.RowLength}, rows);");
                writer.Line("else");
                writer.Line("    " + cells);
            }
            else
            {
                writer.Line(cells);
            }

            if (mask is not null)
            {
                writer.Line($"if ({text.IsMasked(layer.Steps)})");
                writer.Line($"    Nano::Mask.Clear(ref {mask}, ref slots, {layer.RecordStride}, rows);");
            }

            EmitProducts(layer, stage);
        }
    }

    /// <summary>The gradient of the sums goes on through the recurrent kernel to the step before, through the kernel to the layer below.</summary>
    private void EmitProducts(CellPlan layer, StagePlan stage)
    {
        var (input, recurrent) = layer.Transposed[stage.Index];
        var row = layer.Split.RowLength;
        if (stage.Recurrent.MapCount > 0)
        {
            var state = layer.Cell.States.ToList().FindIndex(candidate => candidate.Previous == stage.Operand);
            var gradient = state < 0 ? "gradientOfOperand" : CellEmitter.Gradient(layer.Cell.States[state].Name);
            var accumulates = state >= 0 && !layer.Backward.StateGradients[state].IsConstant(0);

            // Nobody reads the gradient of the states that a layer starts with by itself.
            using (state >= 0 && layer.StartsAtZero ? writer.Block($"if ({IsAfterFirst(layer)})") : (SourceWriter.Scope?)null)
                if (state >= 0 && layer.DropsState)
                {
                    EmitProduct(stage.Recurrent, recurrent!, "gradientOfOperand", row, accumulates: false);
                    writer.Line($"Nano::Dropout.Backward(ref gradientOfOperand, ref stateMask, ref {gradient}, rows * {row}, {Flag(accumulates)});");
                }
                else
                {
                    EmitProduct(stage.Recurrent, recurrent!, gradient, row, accumulates);
                }
        }

        if (layer.TrainedBelow is null || (stage.Input.MapCount == 0 && !layer.Maps[0].IsInput))
            return;

        // The stages run backwards: the last one with inputs starts the sum, the others add to it.
        var adds = layer.AddsToBelow || layer.Stages.Any(other => other.Index > stage.Index && other.Input.MapCount > 0);
        if (layer.Maps[0].IsInput)
            writer.Line(
                $"Nano::RowOperations.{(adds ? "Add" : "Copy")}(ref slots, {layer.RecordStride}, ref below, {layer.InputStride}, {layer.InputStride}, rows);");
        else if (layer.UsesDotProducts)
            writer.Line(
                $"Nano::MatrixProduct.Rows(ref slots, {layer.RecordStride}, ref {At("weights", layer.WeightOffset)}, ref below, rows, " +
                $"lanes: {layer.InputStride}, factors: {layer.Units}{(adds ? ", accumulates: true" : "")});");
        else
            EmitProduct(stage.Input, input!, "below", layer.InputStride, adds);

        void EmitProduct(MapFeed feed, TransposedPlan plan, string target, int lanes, bool accumulates)
        {
            writer.Line("Nano::MatrixProduct.RowsThroughMaps(");
            writer.Line(
                $"    ref {At("slots", (stage.FirstMap + feed.FirstMap) * row)}, {layer.RecordStride}, {row}, ref {At("transposed", plan.Offset)}, ref {target}, rows, " +
                $"lanes: {lanes}, columns: {plan.Columns}, dotColumns: {plan.DotColumns}, units: {layer.Units}, maps: {feed.MapCount}, accumulates: {Flag(accumulates)});");
        }
    }

    private void EmitDropout(DropoutPlan layer)
    {
        var (tape, row, below) = (text.Tapes[layer], layer.Split.RowLength, layer.TrainedBelow!);
        var (begin, end) = text.Range(layer.Output);
        var start = text.TapeRange(layer.Output).First;
        writer.Line($"ref var arriving = ref {text.Row(tape.OutputGradient, row, "first", start)};");
        writer.Line($"ref var factors = ref {text.Row(tape.Record, row, "first", layer.IsPerSequence ? null : start)};");
        writer.Line($"ref var below = ref {text.Row(text.Tapes[below].OutputGradient, row, "first", below.OutputIsSequence ? start : null)};");
        using (layer.OutputIsSequence ? writer.Block($"for (nint t = {begin}; t < {end}; t++)") : (SourceWriter.Scope?)null)
        {
            writer.Line($"Nano::Dropout.Backward(ref arriving, ref factors, ref below, rows * {row}, {Flag(layer.AddsToBelow)});");
            if (!layer.OutputIsSequence)
                return;
            writer.Line($"arriving = ref RefAt(ref arriving, {PassText.Rows(row)});");
            writer.Line($"below = ref RefAt(ref below, {PassText.Rows(row)});");
            if (!layer.IsPerSequence)
                writer.Line($"factors = ref RefAt(ref factors, {PassText.Rows(row)});");
        }
    }

    /// <summary>A call for the rows of each step.</summary>
    private void EmitRows(LayerPlan layer, params string[] calls)
    {
        var (tape, row) = (text.Tapes[layer], layer.Split.RowLength);
        var (begin, end) = text.Range(layer.Output);
        var start = text.TapeRange(layer.Output).First;
        writer.Line($"ref var arriving = ref {text.Row(tape.OutputGradient, row, "first", start)};");
        if (layer.RecordStride > 0)
            writer.Line($"ref var record = ref {text.Row(tape.Record, layer.RecordStride, "first", start)};");
        if (layer.TrainedBelow is { } below)
            writer.Line($"ref var below = ref {text.Row(text.Tapes[below].OutputGradient, layer.InputStride, "first", start)};");
        using (layer.OutputIsSequence ? writer.Block($"for (nint t = {begin}; t < {end}; t++)") : (SourceWriter.Scope?)null)
        {
            writer.Lines(calls);
            if (!layer.OutputIsSequence)
                return;
            writer.Line($"arriving = ref RefAt(ref arriving, {PassText.Rows(row)});");
            if (layer.RecordStride > 0)
                writer.Line($"record = ref RefAt(ref record, {PassText.Rows(layer.RecordStride)});");
            if (layer.TrainedBelow is not null)
                writer.Line($"below = ref RefAt(ref below, {PassText.Rows(layer.InputStride)});");
        }
    }

    private static string NormalizationCall(NormalizationPlan layer)
    {
        var target = layer.TrainedBelow is null ? "" : $"ref below, {Flag(layer.AddsToBelow)}, ";
        return $"Nano::Normalization.Backward(ref {At("weights", layer.WeightOffset)}, ref arriving, ref record, {target}{layer.Features}, {layer.Split.RowLength}, rows);";
    }

    private void EmitConvolution(ConvolutionPlan layer)
    {
        if (layer.TrainedBelow is null)
        {
            EmitRows(layer, PositionCalls.Record(layer));
            return;
        }

        writer.Line($"ref var scratch = ref {text.Row(text.Tapes[layer].Scratch, layer.Shape.TransposedRow, "first")};");
        EmitRows(layer, PositionCalls.Record(layer), PositionCalls.Backward(layer, "scratch"));
    }

    private void EmitBatchStatistics(BatchStatisticsPlan layer)
    {
        var (tape, row) = (text.Tapes[layer], layer.Split.RowLength);
        var (begin, end) = text.Range(layer.Output);
        writer.Line($"ref var arriving = ref {text.Row(tape.OutputGradient, row, "first")};");
        writer.Line($"ref var y = ref {text.Row(tape.Outputs[0], row, "first")};");
        writer.Line($"ref var below = ref {text.Row(text.Tapes[layer.TrainedBelow!].OutputGradient, row, "first")};");
        using (layer.OutputIsSequence ? writer.Block($"for (nint t = {begin}; t < {end}; t++)") : (SourceWriter.Scope?)null)
        {
            writer.Line($"Nano::BatchStatistics.Backward(ref {PassText.Statistics(layer)}, {Dialect.Literal(layer.Spec.Epsilon)}, ref {text.StatisticsBackward(layer)},");
            writer.Line(
                $"    ref y, ref arriving, ref below, ref {text.Counted(layer.Output, "t")}, {layer.Features}, {row}, rows, " +
                $"accumulates: {Flag(layer.AddsToBelow)});");
            if (!layer.OutputIsSequence)
                return;
            foreach (var reference in new[] { "arriving", "y", "below" })
                writer.Line($"{reference} = ref RefAt(ref {reference}, {PassText.Rows(row)});");
        }
    }

    private void EmitWindows(LayerPlan layer)
    {
        var below = layer.TrainedBelow!;
        writer.Line($"ref var arriving = ref {text.Row(text.Tapes[layer].OutputGradient, layer.Split.RowLength, "first")};");
        writer.Line($"ref var below = ref {text.Row(text.Tapes[below].OutputGradient, layer.InputStride, "first")};");
        if (layer is PoolingPlan)
            writer.Line($"ref var x = ref {text.Input(layer, "first")};");
        writer.Line(text.WindowsCall(
            layer, "Scatter", "Backward",
            $"{(layer is PoolingPlan ? $"ref x, {text.InputStride(layer)}, {text.InputStep(layer)}, " : "")}ref arriving, {layer.Split.RowLength}, ref below, {layer.InputStride}",
            $", accumulates: {Flag(layer.AddsToBelow)}"));
    }

    private void EmitWindow(WindowPlan layer)
    {
        var (tape, row, below) = (text.Tapes[layer], layer.Split.RowLength, layer.TrainedBelow!);
        var (begin, end) = text.Range(layer.Output);
        var start = text.TapeRange(layer.Output).First;
        writer.Line("Nano::SlidingWindow.Backward(");
        writer.Line($"    ref {text.Row(tape.OutputGradient, row, "first", start)}, ref {text.Row(tape.StateGradient, row, "first")}, isLast: {text.IsLastRange ?? "true"},");
        writer.Line(
            $"    ref {text.Row(text.Tapes[below].OutputGradient, layer.InputStride, "first", start)}, {layer.InputStride}, {row}, {layer.Inputs}, " +
            $"{layer.KernelSize}, {layer.Dilation}, {(begin == "0" ? end : $"{end} - {begin}")}, sequences, rows, accumulates: {Flag(layer.AddsToBelow)});");
    }

    /// <summary>The gradient of each source that needs one.</summary>
    private void EmitMerge(MergePlan layer)
    {
        var row = layer.Split.RowLength;
        var (begin, end) = text.Range(layer.Output);
        var start = text.TapeRange(layer.Output).First;
        var trained = Enumerable.Range(0, layer.Sources.Count).Where(source => layer.Sources[source] is { IsTrained: true }).ToArray();
        int[] factors = layer.Operation == MergeOperation.Multiply ? [.. trained.Select(source => 1 - source)] : [];
        writer.Line($"ref var arriving = ref {text.Row(text.Tapes[layer].OutputGradient, row, "first", start)};");
        foreach (var source in trained)
            writer.Line($"ref var below{source + 1} = ref {text.Row(text.Tapes[layer.Sources[source]!].OutputGradient, layer.Sources[source]!.Split.RowLength, "first", start)};");
        foreach (var source in factors)
            writer.Line($"ref var x{source + 1} = ref {text.Input(layer, "first", start, source)};");
        using (layer.OutputIsSequence ? writer.Block($"for (nint t = {begin}; t < {end}; t++)") : (SourceWriter.Scope?)null)
        {
            if (layer.ClearsSkipped && text.Mask(layer.Output) is { } mask)
            {
                writer.Line($"if ({text.IsMasked(layer.Output)})");
                writer.Line($"    Nano::Mask.Clear(ref {mask}, ref arriving, {row}, rows);");
            }

            foreach (var source in trained)
                writer.Line(MergeCalls.Backward(layer, source, ($"x{2 - source}", factors.Length > 0 ? text.InputStride(layer, 1 - source) : ""), $"below{source + 1}"));
            if (!layer.OutputIsSequence)
                return;
            writer.Line($"arriving = ref RefAt(ref arriving, {PassText.Rows(row)});");
            foreach (var source in trained)
                writer.Line($"below{source + 1} = ref RefAt(ref below{source + 1}, {PassText.Rows(layer.Sources[source]!.Split.RowLength)});");
            foreach (var source in factors)
                writer.Line($"x{source + 1} = ref RefAt(ref x{source + 1}, {text.InputStep(layer, source)});");
        }
    }

    /// <summary>These layers are in models whose passes take all steps at once.</summary>
    private void EmitRearrangement(RearrangementPlan layer)
    {
        var (row, below) = (layer.Split.RowLength, layer.Below!);
        writer.Line($"ref var arriving = ref {text.Row(text.Tapes[layer].OutputGradient, row, "first")};");
        writer.Line($"ref var below = ref {text.Row(text.Tapes[below].OutputGradient, row, "first")};");
        if (layer.Node is ReverseNode)
        {
            writer.Line(text.Reversal(layer, "arriving", "below"));
            return;
        }

        using (writer.Block($"for (nint t = 0; t < {PassText.Steps(layer.Output)}; t++)"))
        {
            if (!layer.AddsToBelow)
            {
                writer.Line("if (t == 0)");
                writer.Line($"    Nano::RowOperations.Copy(ref arriving, {row}, ref below, {row}, {row}, rows);");
                writer.Line("else");
            }

            writer.Line($"{(layer.AddsToBelow ? "" : "    ")}Nano::RowOperations.Add(ref arriving, {row}, ref below, {row}, {row}, rows);");
            writer.Line($"arriving = ref RefAt(ref arriving, {PassText.Rows(row)});");
        }
    }

    private static string Flag(bool value) => value ? "true" : "false";
}
