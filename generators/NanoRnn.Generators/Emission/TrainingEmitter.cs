using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The passes of training: layer by layer upwards with everything recorded, over all steps or as many as the tape has; then, for one
/// range of steps after the other from the last to the first, layer by layer downwards, and the weight gradients from the record while it
/// is still in the cache. Where a layer goes through time backwards, or has a time of its own, all steps are one range.
/// </summary>
internal sealed class TrainingEmitter(SourceWriter writer, ModelPlan model)
{
    private readonly PassText _text = new(model, model.Tape!, records: true);

    public void Emit()
    {
        EmitForward();
        EmitBackward();
        EmitGradients();
        if (model.BatchStatistics.Count > 0)
        {
            EmitStatistics("ComputeStatistics", "Means and variances of a batch, for some pieces of the features.", model.BatchStatistics, ForwardStatistics);
            if (model.TrainedBatchStatistics.Any())
                EmitStatistics(
                    "ComputeStatisticsBackward", "What they hand back to every row, for some pieces of the features.", model.TrainedBatchStatistics,
                    BackwardStatistics);
        }
    }

    private void EmitForward()
    {
        writer.Line();
        writer.Summary("Forward over some of the sequences, recorded.");
        writer.Line(PassesEmitter.Optimize);
        writer.Line("internal static void Forward<TKernels>(Nano::TrainingWorkspace workspace, nint first, nint end)");
        using (writer.Block(PassesEmitter.Constraint))
        {
            EmitDimensions();
            EmitRange(backwards: false);
            if (model.WindowAxes.Any())
                using (writer.Block("if (workspace.HasLengths)"))
                    writer.Lines(_text.WindowLengths());
            writer.Line("ref var weights = ref workspace.Weights.Reference;");
            EmitParts(model.Layers, new ForwardEmitter(writer, model, _text).Emit, isBackward: false);
        }
    }

    /// <summary>The layers, each in its part of the network. What normalizes a batch stands before the others of a part, on the way back behind them.</summary>
    private void EmitParts(IEnumerable<LayerPlan> layers, Action<LayerPlan> emit, bool isBackward)
    {
        var last = model.BatchStatistics.Count;
        var part = isBackward ? last : 0;
        var ofPart = new List<LayerPlan>();
        foreach (var layer in layers)
        {
            if (layer is BatchStatisticsPlan)
            {
                EmitPart();
                part += isBackward ? -1 : 1;
            }

            ofPart.Add(layer);
        }

        EmitPart();

        void EmitPart()
        {
            if (last > 0)
                writer.Line();
            using (last == 0 ? (SourceWriter.Scope?)null : writer.Block($"if (workspace.Part == {part})"))
            {
                if (isBackward && part == last)
                    EmitOutputCopy(toWorkspace: false);
                foreach (var layer in ofPart)
                    emit(layer);
                if (!isBackward && part == last)
                    EmitOutputCopy(toWorkspace: true);
            }

            ofPart.Clear();
        }
    }

    private void EmitStatistics(string name, string summary, IEnumerable<BatchStatisticsPlan> layers, Func<BatchStatisticsPlan, string> call)
    {
        writer.Line();
        writer.Summary(summary);
        writer.Line(PassesEmitter.Optimize);
        using (writer.Block($"internal static void {name}(Nano::TrainingWorkspace workspace, nint firstPiece, nint endPiece)"))
        {
            EmitSteps();
            EmitRange(backwards: false);
            if (layers.Any(layer => layer.Output.Mask != StepMask.None))
                writer.Line("nint first = 0;");
            writer.Line("ref var tape = ref workspace.Tape.Reference;");
            using (writer.Block("switch (workspace.Part)"))
                foreach (var layer in layers)
                {
                    writer.Line($"case {layer.Part}: // {layer.Spec.Name}");
                    writer.Line($"    {call(layer)}");
                    writer.Line("    break;");
                }
        }
    }

    private string ForwardStatistics(BatchStatisticsPlan layer) =>
        $"Nano::BatchStatistics.Compute(ref {PassText.Statistics(layer)}, ref RefAt(ref workspace.Weights.Reference, {layer.WeightOffset}), " +
        $"ref {_text.Input(layer, null)}, {_text.InputStride(layer)}, {StatisticsRows(layer)}";

    private string BackwardStatistics(BatchStatisticsPlan layer) =>
        $"Nano::BatchStatistics.ComputeBackward(ref {_text.StatisticsBackward(layer)}, ref {_text.Output(layer, null)}, " +
        $"ref {_text.Row(_text.Tapes[layer].OutputGradient, layer.Split.RowLength)}, {StatisticsRows(layer)}";

    private string StatisticsRows(BatchStatisticsPlan layer) =>
        $"ref {_text.Counted(layer.Output, step: null)}, {layer.Features}, {layer.Split.RowLength}, " +
        $"{(layer.OutputIsSequence ? $"{PassText.Steps(layer.Output)} * sequences" : "sequences")}, firstPiece, endPiece);";

    /// <summary>Copies between the tape and the caller's layout: the outputs to it, or their gradients from it.</summary>
    private void EmitOutputCopy(bool toWorkspace)
    {
        var (last, size, row) = (model.Last, model.OutputSize, model.Last.Split.RowLength);
        writer.Line();
        writer.Line(toWorkspace ? "// outputs, batch-major" : "// gradients of the outputs, from batch-major");
        using (model.ReturnsSequences || _text.IsLastRange is null ? writer.Block() : writer.Block($"if ({_text.IsLastRange})"))
        {
            var (first, end) = _text.Range(last.Output);
            var start = _text.Start(last.Output);
            writer.Line(toWorkspace
                ? $"ref var tapeRows = ref {_text.Output(last, "first")};"
                : $"ref var tapeRows = ref {_text.Row(_text.Tapes[last].OutputGradient, row, "first", _text.TapeRange(last.Output).First)};");
            var buffer = toWorkspace ? "Outputs" : "OutputGradients";
            var steps = model.ReturnsSequences ? PassText.Steps(last.Output) + " * " : "";
            writer.Line(
                $"ref var workspaceRows = ref RefAt(ref workspace.{buffer}.Reference, first * {steps}{size}{(start is null ? "" : $" + {start} * {size}")});");
            using (model.ReturnsSequences ? writer.Block($"for (nint t = {first}; t < {end}; t++)") : (SourceWriter.Scope?)null)
            {
                writer.Line(toWorkspace
                    ? $"Nano::RowOperations.Copy(ref tapeRows, {row}, ref workspaceRows, {steps}{size}, {size}, rows);"
                    : $"Nano::RowOperations.CopyPadded(ref workspaceRows, {steps}{size}, ref tapeRows, {row}, {size}, rows);");
                if (!model.ReturnsSequences)
                    return;
                writer.Line($"tapeRows = ref RefAt(ref tapeRows, {PassText.Rows(row)});");
                writer.Line($"workspaceRows = ref RefAt(ref workspaceRows, {size});");
            }
        }
    }

    private void EmitBackward()
    {
        writer.Line();
        writer.Summary("Backward over a range of steps of some of the sequences: leaves the gradients of all sums in the record.");
        writer.Line(PassesEmitter.Optimize);
        writer.Line("internal static void Backward<TKernels>(Nano::TrainingWorkspace workspace, nint first, nint end)");
        using (writer.Block(PassesEmitter.Constraint))
        {
            EmitDimensions();
            EmitRange();
            if (model.TransposedLength > 0)
                writer.Line("ref var transposed = ref workspace.Transposed.Reference;");
            if (model.Cells.Any(layer => layer.UsesDotProducts) || model.Layers.Any(layer => layer is NormalizationPlan or ScalingPlan or AttentionPlan { IsAdditive: true } or ConvolutionPlan { IsTransposed: false }))
                writer.Line("ref var weights = ref workspace.Weights.Reference;");
            EmitParts(model.Layers.Reverse(), new BackwardPassEmitter(writer, model, _text).Emit, isBackward: true);
        }
    }

    private void EmitGradients()
    {
        writer.Line();
        writer.Summary("Some pieces of the weight gradient, from a range of steps.");
        writer.Line(PassesEmitter.Optimize);
        using (writer.Block("internal static void ComputeGradients(Nano::TrainingWorkspace workspace, nint firstPiece, nint endPiece)"))
        {
            EmitSteps();
            EmitRange();
            if (_text.IsLastRange is not null)
                writer.Line("var accumulates = endStep < timeSteps;");
            if (_text.IsLastRange is not null && model.Cells.Any(layer => layer.StartsAtZero))
                writer.Line($"var {_text.ZeroStateRows} = firstStep == 0 && !workspace.CarriesState ? sequences : 0;");
            writer.Line("ref var tape = ref workspace.Tape.Reference;");
            var gradients = new GradientPassEmitter(writer, _text);
            foreach (var layer in model.Layers)
                gradients.Emit(layer);
        }
    }

    private void EmitDimensions()
    {
        EmitSteps();
        writer.Line("var rows = end - first;");
        writer.Line("ref var tape = ref workspace.Tape.Reference;");
    }

    private void EmitSteps()
    {
        writer.Line($"nint sequences = workspace.Rows, timeSteps = workspace.TimeSteps{(model.HasDecoder ? ", targetSteps = workspace.TargetSteps" : "")};");
        writer.Lines(_text.WindowSteps());
    }

    /// <summary>The range of steps that a pass is at. Forwards it begins where the tape does.</summary>
    private void EmitRange(bool backwards = true)
    {
        if (_text.IsLastRange is null)
            return;
        writer.Line("nint firstStep = workspace.FirstStep, endStep = workspace.EndStep, tapeSteps = workspace.TapeSteps;");
        if (backwards)
            writer.Line("nint tapeFirst = firstStep - workspace.TapeStart, tapeEnd = endStep - workspace.TapeStart;");
    }
}
