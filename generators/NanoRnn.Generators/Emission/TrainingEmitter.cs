using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The loops over time of training: layer by layer upwards with everything recorded; then, for one range of steps after the other
/// from the last to the first, layer by layer downwards, and the weight gradients from the record while it is still in the cache.
/// On the tape everything is time-major: step, sequence, unit.
/// </summary>
internal sealed class TrainingEmitter(SourceWriter writer, ModelPlan model)
{
    public void Emit()
    {
        EmitForward();
        EmitBackward();
        EmitGradients();
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
            writer.Line("ref var weights = ref workspace.Weights.Reference;");
            foreach (var layer in model.Layers)
                EmitForward(layer);
            EmitOutputCopy(toWorkspace: true);
        }
    }

    private void EmitForward(LayerPlan layer)
    {
        writer.Line();
        writer.Line($"// {layer.Spec.Name}");
        using (writer.Block())
        {
            EmitInput(layer, "first");
            var states = layer.Cell.States;
            for (var i = 0; i < states.Count; i++)
            {
                writer.Line($"ref var {CellEmitter.Previous(states[i].Name)} = ref {Tape(layer.OutputTapes[i], layer.Split.RowLength, "first")};");
                writer.Line($"Nano::RowOperations.Clear(ref {CellEmitter.Previous(states[i].Name)}, rows * {layer.Split.RowLength});");
            }

            if (!layer.IsRecurrent)
                writer.Line($"ref var {CellEmitter.Next("y")} = ref {Tape(layer.OutputTapes[0], layer.Split.RowLength, "first")};");
            writer.Line($"ref var slots = ref {Tape(layer.RecordTape, layer.RecordStride, "first")};");
            using (layer.InputIsSequence ? writer.Block("for (nint t = 0; t < timeSteps; t++)") : (SourceWriter.Scope?)null)
            {
                foreach (var state in states)
                    writer.Line(
                        $"ref var {CellEmitter.Next(state.Name)} = ref RefAt(ref {CellEmitter.Previous(state.Name)}, sequences * {layer.Split.RowLength});");
                var references = CellEmitter.ForwardReferences(layer).Select(name => "ref " + name);
                writer.Line($"TKernels.{LayerEmitter.RowsName(layer)}<Nano::Recording>(");
                writer.Line($"    ref {At("weights", layer.WeightOffset)}, ref x, {layer.InputStride}, {string.Join(", ", references)}, rows);");
                if (!layer.InputIsSequence)
                    return;
                writer.Line($"x = ref RefAt(ref x, sequences * {layer.InputStride});");
                foreach (var state in states)
                    writer.Line($"{CellEmitter.Previous(state.Name)} = ref {CellEmitter.Next(state.Name)};");
                if (!layer.IsRecurrent)
                    writer.Line($"{CellEmitter.Next("y")} = ref RefAt(ref {CellEmitter.Next("y")}, sequences * {layer.Split.RowLength});");
                writer.Line($"slots = ref RefAt(ref slots, sequences * {layer.RecordStride});");
            }
        }
    }

    /// <summary>Copies between the tape and the caller's layout: the outputs to it, or their gradients from it.</summary>
    private void EmitOutputCopy(bool toWorkspace)
    {
        var (last, size, row) = (model.Last, model.OutputSize, model.Last.Split.RowLength);
        writer.Line();
        writer.Line(toWorkspace ? "// outputs, batch-major" : "// gradients of the outputs, from batch-major");
        using (model.ReturnsSequences ? writer.Block()
            : toWorkspace ? writer.Block() : writer.Block("if (endStep == timeSteps)"))
        {
            var skipped = !toWorkspace && model.ReturnsSequences ? "firstStep * sequences" : null;
            writer.Line(toWorkspace
                ? $"ref var tapeRows = ref {Output(last, "first")};"
                : $"ref var tapeRows = ref {Tape(last.OutputGradientTape, row, "first", skipped)};");
            var buffer = toWorkspace ? "Outputs" : "OutputGradients";
            var steps = model.ReturnsSequences ? "timeSteps * " : "";
            var start = $"first * {steps}{size}" + (skipped is null ? "" : $" + firstStep * {size}");
            writer.Line($"ref var workspaceRows = ref RefAt(ref workspace.{buffer}.Reference, {start});");
            var range = toWorkspace ? "for (nint t = 0; t < timeSteps; t++)" : "for (var t = firstStep; t < endStep; t++)";
            using (model.ReturnsSequences ? writer.Block(range) : (SourceWriter.Scope?)null)
            {
                writer.Line(toWorkspace
                    ? $"Nano::RowOperations.Copy(ref tapeRows, {row}, ref workspaceRows, {steps}{size}, {size}, rows);"
                    : $"Nano::RowOperations.CopyPadded(ref workspaceRows, {steps}{size}, ref tapeRows, {row}, {size}, rows);");
                if (!model.ReturnsSequences)
                    return;
                writer.Line($"tapeRows = ref RefAt(ref tapeRows, sequences * {row});");
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
            EmitSteps();
            writer.Line("ref var transposed = ref workspace.Transposed.Reference;");
            if (model.Layers.Any(layer => layer.UsesDotProducts))
                writer.Line("ref var weights = ref workspace.Weights.Reference;");
            EmitOutputCopy(toWorkspace: false);
            foreach (var layer in model.Layers.Reverse())
                EmitBackward(layer);
        }
    }

    private void EmitBackward(LayerPlan layer)
    {
        var (padded, states) = (layer.Split.RowLength, layer.Cell.States);
        writer.Line();
        writer.Line($"// {layer.Spec.Name}");
        using (layer.InputIsSequence ? writer.Block() : writer.Block("if (endStep == timeSteps)"))
        {
            var references = BackwardEmitter.References(layer).ToArray();
            var last = layer.InputIsSequence ? "(endStep - 1) * sequences" : null;
            for (var i = 0; i < states.Count; i++)
            {
                var previous = CellEmitter.Previous(states[i].Name);
                var gradient = CellEmitter.Gradient(states[i].Name);
                writer.Line($"ref var {previous} = ref {Tape(layer.OutputTapes[i], padded, "first", last)};");
                writer.Line($"ref var {gradient} = ref {Tape(layer.StateGradientTape, padded, "first", i == 0 ? null : $"{i} * sequences")};");
                if (layer.InputIsSequence)
                    writer.Line("if (endStep == timeSteps)");
                if (i == 0 && !layer.OutputIsSequence)
                    writer.Line($"    Nano::RowOperations.Copy(ref {Tape(layer.OutputGradientTape, padded, "first")}, {padded}, ref {gradient}, {padded}, {padded}, rows);");
                else
                    writer.Line($"    Nano::RowOperations.Clear(ref {gradient}, rows * {padded});");
            }

            writer.Line($"ref var slots = ref {Tape(layer.RecordTape, layer.RecordStride, "first", last)};");
            if (references.Contains("arriving"))
                writer.Line($"ref var arriving = ref {Tape(layer.OutputGradientTape, padded, "first", last)};");
            if (references.Contains("gradientOfOperand"))
                writer.Line($"ref var gradientOfOperand = ref {Tape(layer.OperandGradientTape, padded, "first")};");
            if (layer.HasSoftmax)
                writer.Line($"ref var {CellEmitter.Next("y")} = ref {Tape(layer.OutputTapes[0], padded, "first", last)};");
            if (layer.Below is { } below)
                writer.Line($"ref var below = ref {Tape(below.OutputGradientTape, below.Split.RowLength, "first", last)};");

            using (layer.InputIsSequence ? writer.Block("for (var t = endStep - 1; t >= firstStep; t--)") : (SourceWriter.Scope?)null)
            {
                foreach (var state in states)
                    writer.Line(
                        $"ref var {CellEmitter.Next(state.Name)} = ref RefAt(ref {CellEmitter.Previous(state.Name)}, sequences * {padded});");
                EmitBackwardCalls(layer, references);
                if (!layer.InputIsSequence)
                    return;
                foreach (var state in states)
                    EmitBack(CellEmitter.Previous(state.Name), padded);
                EmitBack("slots", layer.RecordStride);
                if (references.Contains("arriving"))
                    EmitBack("arriving", padded);
                if (layer.HasSoftmax)
                    EmitBack(CellEmitter.Next("y"), padded);
                if (layer.Below is not null)
                    EmitBack("below", layer.InputStride);
            }
        }

        void EmitBack(string reference, int stride) =>
            writer.Line($"{reference} = ref RefAt(ref {reference}, -sequences * {stride});");
    }

    private void EmitBackwardCalls(LayerPlan layer, string[] references)
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

            EmitProducts(layer, stage);
        }
    }

    /// <summary>The gradient of the sums goes on through the recurrent kernel to the step before, through the kernel to the layer below.</summary>
    private void EmitProducts(LayerPlan layer, StagePlan stage)
    {
        var (input, recurrent) = layer.TransposedOffsets[stage.Index];
        var padded = layer.Split.RowLength;
        if (stage.Recurrent.MapCount > 0)
        {
            var state = layer.Cell.States.ToList().FindIndex(candidate => candidate.Previous == stage.Operand);
            var target = state < 0 ? "gradientOfOperand" : CellEmitter.Gradient(layer.Cell.States[state].Name);
            EmitProduct(
                stage.Recurrent, At("transposed", recurrent), target, padded,
                accumulates: state >= 0 && !layer.Backward.StateGradients[state].IsConstant(0));
        }

        // The stages run backwards: the last one starts the sum, the others add to it.
        if (layer.UsesDotProducts)
            writer.Line(
                $"Nano::MatrixProduct.Rows(ref slots, {layer.RecordStride}, ref {At("weights", layer.WeightOffset)}, ref below, rows, " +
                $"lanes: {layer.InputStride}, factors: {layer.Units});");
        else if (layer.Below is not null)
            EmitProduct(stage.Input, At("transposed", input), "below", layer.InputStride, stage.Index < layer.Stages.Count - 1);

        void EmitProduct(MapFeed feed, string kernel, string target, int lanes, bool accumulates) => writer.Line(
            $"Nano::MatrixProduct.RowsThroughMaps(ref {At("slots", (stage.FirstMap + feed.FirstMap) * padded)}, {layer.RecordStride}, {padded}, ref {kernel}, ref {target}, rows, " +
            $"lanes: {lanes}, units: {layer.Units}, maps: {feed.MapCount}, accumulates: {(accumulates ? "true" : "false")});");
    }

    private void EmitGradients()
    {
        writer.Line();
        writer.Summary("Some pieces of the weight gradient, from a range of steps.");
        writer.Line(PassesEmitter.Optimize);
        using (writer.Block("internal static void ComputeGradients(Nano::TrainingWorkspace workspace, nint firstPiece, nint endPiece)"))
        {
            writer.Line("nint sequences = workspace.Rows, timeSteps = workspace.TimeSteps;");
            EmitSteps();
            writer.Line("var accumulates = endStep < timeSteps;");
            writer.Line("ref var tape = ref workspace.Tape.Reference;");
            foreach (var layer in model.Layers)
            {
                var condition = layer.InputIsSequence ? "" : "endStep == timeSteps && ";
                writer.Line();
                writer.Line($"// {layer.Spec.Name}: pieces {layer.FirstPiece} to {layer.FirstPiece + layer.Pieces - 1}");
                using (writer.Block($"for (var piece = nint.Max(firstPiece - {layer.FirstPiece}, 0); {condition}piece < nint.Min(endPiece - {layer.FirstPiece}, {layer.Pieces}); piece++)"))
                {
                    var skipped = layer.InputIsSequence ? "firstStep * sequences" : null;
                    EmitInput(layer, null, skipped);
                    foreach (var stage in layer.Stages)
                        if (stage.Operand is { } operand)
                            writer.Line($"ref var {GradientEmitter.Operand(stage)} = ref {OperandTape(layer, operand, skipped)};");
                    writer.Line($"ref var slots = ref {Tape(layer.RecordTape, layer.RecordStride, null, skipped)};");
                    writer.Line($"ref var gradients = ref RefAt(ref workspace.Gradients.Reference, {layer.WeightOffset});");
                    new GradientEmitter(writer, layer).Emit(
                        layer.InputIsSequence ? "sequences * (endStep - firstStep), accumulates" : "sequences, accumulates");
                }
            }
        }
    }

    private static string OperandTape(LayerPlan layer, Expr operand, string? skipped)
    {
        for (var i = 0; i < layer.Cell.States.Count; i++)
            if (layer.Cell.States[i].Previous == operand)
                return Tape(layer.OutputTapes[i], layer.Split.RowLength, null, skipped);
        return $"RefAt(ref {Tape(layer.RecordTape, layer.RecordStride, null, skipped)}, {layer.Record.Slots[operand] * layer.Split.RowLength})";
    }

    private void EmitDimensions()
    {
        writer.Line("nint sequences = workspace.Rows, timeSteps = workspace.TimeSteps, rows = end - first;");
        writer.Line("ref var tape = ref workspace.Tape.Reference;");
    }

    private void EmitSteps() => writer.Line("nint firstStep = workspace.FirstStep, endStep = workspace.EndStep;");

    /// <summary>Declares x: the first step's input of a sequence, or the input of all of them after some steps.</summary>
    private void EmitInput(LayerPlan layer, string? first, string? skipped = null) => writer.Line(layer.Below is null
        ? $"ref var x = ref RefAt(ref workspace.Inputs.Reference, {first ?? skipped} * {layer.InputStride});"
        : $"ref var x = ref {Output(layer.Below, first, skipped)};");

    /// <summary>A layer's output: of the first step, or of the first one after some, if it is a sequence, else of the last.</summary>
    private static string Output(LayerPlan layer, string? first, string? skipped = null)
    {
        var steps = !layer.IsRecurrent ? skipped
            : !layer.OutputIsSequence ? "timeSteps * sequences"
            : skipped is null ? "sequences" : $"(sequences + {skipped})";
        return Tape(layer.OutputTapes[0], layer.Split.RowLength, first, steps);
    }

    /// <summary>A place on the tape: in a section, so many rows from its start.</summary>
    private static string Tape(TapeSection section, int stride, string? first = null, string? skipped = null)
    {
        var terms = new List<string>();
        if (section.StartPerStep > 0 || section.StartFixed > 0)
            terms.Add($"sequences * ({section.StartPerStep} * timeSteps + {section.StartFixed})");
        if (skipped is not null || first is not null)
            terms.Add(skipped is null ? $"{first} * {stride}" : first is null ? $"{skipped} * {stride}" : $"({skipped} + {first}) * {stride}");
        return terms.Count == 0 ? "tape" : $"RefAt(ref tape, {string.Join(" + ", terms)})";
    }
}
