using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>The prediction from one whole sequence: some steps at a time, layer by layer.</summary>
internal sealed class SequenceEmitter(SourceWriter writer, ModelPlan model)
{
    private readonly SequencePlan _plan = model.Sequence!;

    private string InputParameter => model.Spec.TakesTokens ? "ref int x" : "ref float x";

    public void Emit()
    {
        writer.Line();
        writer.Summary($"The whole sequence, from a zero state, {_plan.Steps} steps at a time.");
        writer.Line(PassesEmitter.Inline);
        writer.Line($"internal static void Predict<TKernels>(ref float weights, {InputParameter}, nint timeSteps, ref float y, ref float memory)");
        using (writer.Block(PassesEmitter.Constraint))
        {
            foreach (var layer in model.Cells.Where(layer => layer.StartsAtWeights))
                for (var state = 0; state < layer.Cell.States.Count; state++)
                    writer.Line(
                        $"Nano::RowOperations.Copy(ref {StreamCalls.InitialState(layer, state)}, 0, " +
                        $"ref {At("memory", state == 0 ? _plan.OutputOffset(layer) : _plan.StateOffset(layer) + (state - 1) * layer.Split.RowLength)}, 0, {layer.Split.RowLength}, 1);");
            using (writer.Block("while (timeSteps > 0)"))
            {
                writer.Line($"var steps = nint.Min(timeSteps, {_plan.Steps});");
                if (model.Spec.Masks)
                    EmitMask();
                foreach (var group in _plan.Groups)
                    EmitGroup(group);
                if (model.ReturnsSequences)
                    EmitResults();
                writer.Line(model.Spec.TakesTokens
                    ? "x = ref Unsafe.Add(ref x, steps);"
                    : $"x = ref RefAt(ref x, steps * {model.InputSize});");
                writer.Line("timeSteps -= steps;");
            }

            if (model.ReturnsSequences)
                return;
            foreach (var layer in model.FinalLayers)
                EmitRows(layer, source => (LastOutput(source!), "0"), "1");
            var last = LastOutput(model.LastInPrediction);
            writer.Line(model.OutputSize == 1
                ? $"y = {last};"
                : $"Nano::RowOperations.Copy(ref {last}, 0, ref y, 0, {model.OutputSize}, 1);");
        }
    }

    private void EmitGroup(IReadOnlyList<LayerPlan> group)
    {
        writer.Line();
        writer.Line($"// {string.Join(", ", group.Select(layer => layer.Name))}");
        var first = group[0];
        if (group.Count == 1 && first is not CellPlan { IsRecurrent: true })
        {
            EmitRows(first, source => (Input(source).Reference, Input(source).Stride.ToString()), "steps");
            return;
        }

        var (input, inputStride) = Input(first.PredictionInput);
        if (first is CellPlan { Projects: true } projecting)
            writer.Line(
                $"TKernels.{LayerEmitter.ProjectName(projecting)}(ref {At("weights", first.WeightOffset)}, ref {input}, {inputStride}, ref memory, steps);");
        using (writer.Block("for (nint t = 0; t < steps; t++)"))
            foreach (var layer in group.Cast<CellPlan>())
                EmitStep(layer);

        foreach (var layer in group.OfType<CellPlan>().Where(layer => layer.IsRecurrent))
            writer.Line(
                $"Nano::RowOperations.Copy(ref {AtRow("memory", "steps", layer.Split.RowLength, _plan.OutputOffset(layer))}, 0, " +
                $"ref {Output(layer, 0)}, 0, {layer.Split.RowLength}, 1);");
    }

    /// <summary>A layer without a state for several rows.</summary>
    private void EmitRows(LayerPlan layer, Func<LayerPlan?, (string Reference, string Stride)> input, string rows)
    {
        (string Reference, string Stride)[] sources = [.. layer.Sources.Select(source => input(LayerPlan.InPrediction(source)))];
        writer.Lines(StreamCalls.Of(layer, sources, Output(layer, 1), Scratch(layer), rows, areSequences: false));
    }

    private void EmitStep(CellPlan layer)
    {
        var (row, output) = (layer.Split.RowLength, _plan.OutputOffset(layer));
        if (model.Spec.Masks && layer.IsRecurrent)
        {
            writer.Line($"if ({AtRow("memory", "t", 1, _plan.MaskOffset)} == 0)");
            writer.Line($"    Nano::RowOperations.Copy(ref {AtRow("memory", "t", row, output)}, 0, ref {AtRow("memory", "t", row, output + row)}, 0, {row}, 1);");
            writer.Line("else");
        }

        var (input, inputStride) = Input(layer.PredictionInput);
        var arguments = new List<string>
        {
            $"ref {At("weights", layer.WeightOffset)}",
            "ref " + (layer.Projects ? AtRow("memory", "t", layer.SumsLength, 0) : AtRow(input, "t", inputStride, 0)),
        };
        if (layer.IsRecurrent)
            arguments.Add("ref " + AtRow("memory", "t", row, output));
        arguments.Add("ref " + AtRow("memory", "t", row, output + row));
        var place = _plan.StateOffset(layer);
        for (var state = 1; state < layer.Cell.States.Count; state++, place += row)
            arguments.AddRange([$"ref {At("memory", place)}", $"ref {At("memory", place)}"]);
        arguments.Add($"ref {Scratch(layer)}");
        if (layer.DropsState)
            arguments.Add(arguments[2]);
        if (layer.Alternates)
            arguments.Add("t");
        writer.Line($"TKernels.{LayerEmitter.StepName(layer)}<Nano::{(layer.Projects ? "PredictingProjected" : "Predicting")}>(");
        writer.Line($"    {string.Join(", ", arguments)});");
    }

    /// <summary>The first row of what is read, and the floats to the next.</summary>
    private (string Reference, int Stride) Input(LayerPlan? source) =>
        source is null ? ("x", model.InputSize) : (Output(source, 1), source.Split.RowLength);

    /// <summary>Notes which of the steps count.</summary>
    private void EmitMask() => writer.Line(
        $"Nano::Mask.Read(ref x, {model.InputSize}, 1, {PassText.MaskedValue(model)}, ref {At("memory", _plan.MaskOffset)}, steps, 1);");

    private void EmitResults()
    {
        var (last, size, row) = (model.LastInPrediction, model.OutputSize, model.Last.Split.RowLength);
        if (size == 1)
            using (writer.Block("for (nint t = 0; t < steps; t++)"))
                writer.Line($"RefAt(ref y, t) = {AtRow("memory", "t", row, _plan.OutputOffset(last) + row)};");
        else
            writer.Line($"Nano::RowOperations.Copy(ref {Output(last, 1)}, {row}, ref y, {size}, {size}, steps);");
        writer.Line($"y = ref RefAt(ref y, steps * {size});");
    }

    /// <summary>Row 0 or 1 of a layer's outputs.</summary>
    private string Output(LayerPlan layer, int row) => At("memory", _plan.OutputOffset(layer) + row * layer.Split.RowLength);

    /// <summary>The output at the sequence's last step, which has become row 0, or the only one.</summary>
    private string LastOutput(LayerPlan layer) => Output(layer, layer is CellPlan { IsRecurrent: true } ? 0 : 1);

    /// <summary>Where the stages of a cell leave values for each other.</summary>
    private string Scratch(LayerPlan layer) =>
        At("memory", _plan.StateOffset(layer) + (layer is CellPlan { IsRecurrent: true } cell ? cell.Cell.States.Count - 1 : 0) * layer.Split.RowLength);
}
