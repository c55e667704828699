using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The loops over time of prediction from several sequences, and the single step of a stream. A sequence's memory has two phases
/// with every layer's output: a step reads one and writes the other. Behind them lie the other states and what one stage of a cell
/// leaves for the next.
/// </summary>
internal sealed class PredictionEmitter(SourceWriter writer, ModelPlan model)
{
    public void Emit()
    {
        EmitPredictRows();
        EmitStep();
    }

    private void EmitPredictRows()
    {
        var capacity = model.RowsPerChunk;
        writer.Line();
        writer.Summary($"Up to {capacity} whole sequences side by side, from zero states.");
        writer.Line(PassesEmitter.Optimize);
        writer.Line("internal static void PredictRows<TKernels>(");
        writer.Line("    ref float weights, ref float x, nint timeSteps, ref float y, ref float memory, nint rows)");
        using (writer.Block(PassesEmitter.Constraint))
        {
            writer.Line(model.InputSize == 1 ? "var xStride = timeSteps;" : $"var xStride = timeSteps * {model.InputSize};");
            writer.Line("ref var previous = ref memory;");
            writer.Line($"ref var next = ref RefAt(ref memory, {model.PhaseLength * capacity});");
            using (writer.Block("for (nint t = 0; t < timeSteps; t++)"))
            {
                foreach (var layer in model.StepLayers)
                    EmitCall(layer, isStep: false, "next", capacity);
                if (model.ReturnsSequences)
                {
                    writer.Line(
                        $"Nano::RowOperations.Copy(ref {Output("next", capacity)}, {model.Last.Split.RowLength}, ref y, timeSteps * {model.OutputSize}, {model.OutputSize}, rows);");
                    writer.Line($"y = ref RefAt(ref y, {model.OutputSize});");
                }

                writer.Line($"x = ref RefAt(ref x, {model.InputSize});");
                EmitSwap();
            }

            if (model.ReturnsSequences)
                return;
            foreach (var layer in model.FinalLayers)
                EmitCall(layer, isStep: false, "previous", capacity);
            writer.Line(
                $"Nano::RowOperations.Copy(ref {Output("previous", capacity)}, {model.Last.Split.RowLength}, ref y, {model.OutputSize}, {model.OutputSize}, rows);");
        }
    }

    private void EmitStep()
    {
        writer.Line();
        writer.Summary("One time step; phase is 0 and 1 in turn.");
        writer.Line(PassesEmitter.Inline);
        writer.Line("internal static void Step<TKernels>(ref float weights, ref float x, ref float y, ref float memory, nint phase)");
        using (writer.Block(PassesEmitter.Constraint))
        {
            writer.Line($"ref var previous = ref RefAt(ref memory, phase * {model.PhaseLength});");
            writer.Line($"ref var next = ref RefAt(ref memory, (1 - phase) * {model.PhaseLength});");
            foreach (var layer in model.Layers)
                EmitCall(layer, isStep: true, "next", 1, "phase");
            writer.Line(model.OutputSize == 1
                ? $"y = {Output("next", 1)};"
                : $"Nano::RowOperations.Copy(ref {Output("next", 1)}, 0, ref y, 0, {model.OutputSize}, 1);");
        }
    }

    private void EmitSwap()
    {
        writer.Line("ref var swapped = ref previous;");
        writer.Line("previous = ref next;");
        writer.Line("next = ref swapped;");
    }

    private string Output(string phase, int rows) => At(phase, model.Last.PhaseOffset * rows);

    /// <param name="layer">The layer.</param>
    /// <param name="isStep">Whether for one sequence or several.</param>
    /// <param name="newest">The phase that holds the newest output of the layer below and takes this layer's.</param>
    /// <param name="rows">Sequences that the memory holds.</param>
    /// <param name="turn">The number of the step, an expression.</param>
    private void EmitCall(LayerPlan layer, bool isStep, string newest, int rows, string turn = "")
    {
        var arguments = new List<string>
        {
            $"ref {At("weights", layer.WeightOffset)}",
            layer.Below is null ? "ref x" : $"ref {At(newest, layer.Below.PhaseOffset * rows)}",
        };
        if (!isStep)
            arguments.Add(layer.Below is null ? "xStride" : layer.InputStride.ToString());
        if (layer.IsRecurrent)
            arguments.Add($"ref {At("previous", layer.PhaseOffset * rows)}");
        arguments.Add($"ref {At(newest, layer.PhaseOffset * rows)}");

        var place = layer.MemoryOffset;
        for (var state = 1; state < layer.Cell.States.Count; state++, place += layer.Split.RowLength)
        {
            arguments.Add($"ref {At("memory", place * rows)}");
            arguments.Add($"ref {At("memory", place * rows)}");
        }

        arguments.Add($"ref {At("memory", Math.Min(place, model.MemoryLength - 1) * rows)}");
        if (!isStep)
            arguments.Add("rows");
        else if (layer.Alternates)
            arguments.Add(turn);
        writer.Line($"TKernels.{(isStep ? LayerEmitter.StepName(layer) : LayerEmitter.RowsName(layer))}<Nano::Predicting>(");
        writer.Line($"    {string.Join(", ", arguments)});");
    }
}
