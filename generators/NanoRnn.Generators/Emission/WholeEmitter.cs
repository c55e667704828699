using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// Prediction where some layer needs its whole input before its first output, or has a time of its own: layer by layer, each over all of
/// its steps. Of a model with a decoder it is the encoder's half, and leaves the decoder's first states in its memory.
/// </summary>
internal sealed class WholeEmitter(SourceWriter writer, ModelPlan model)
{
    private readonly PassText _text = new(model, model.WholeTape!, records: false);

    public void Emit()
    {
        var input = model.Spec.TakesTokens ? "int" : "float";
        writer.Line();
        writer.Summary(model.HasDecoder
            ? "The encoder over a whole sequence; the decoder's memory takes its last states."
            : "Some whole sequences side by side, from zero states.");
        writer.Line(PassesEmitter.Optimize);
        writer.Line($"internal static void {(model.HasDecoder ? "Encode" : "PredictWhole")}<TKernels>(");
        writer.Line($"    ref float weights, ref {input} inputs, nint timeSteps, {(model.HasDecoder ? "ref float memory" : "ref float outputs")}, ref float tape, nint rows)");
        using (writer.Block(PassesEmitter.Constraint))
        {
            writer.Line("var sequences = rows;");
            writer.Lines(_text.WindowSteps());
            EmitMask(model.WholeTape!);
            var forward = new ForwardEmitter(writer, model, _text);
            foreach (var layer in model.Encoder)
                forward.Emit(layer);
            writer.Line();
            if (model.HasDecoder)
                EmitStates();
            else
                EmitResults();
        }
    }

    /// <summary>Which steps count, in the order of the input and, where a layer reverses it, in that one.</summary>
    private void EmitMask(TapePlan tape)
    {
        if (!model.Spec.Masks)
            return;
        var mask = _text.Row(tape.Mask, 1);
        writer.Line(
            $"Nano::Mask.Read(ref inputs, {model.InputSize}, timeSteps, {PassText.MaskedValue(model)}, ref {mask}, timeSteps, rows);");
        if (!tape.ReversedMask.Size.IsZero)
            writer.Line($"Nano::Reversal.Run(default, ref {mask}, ref {_text.Row(tape.ReversedMask, 1)}, 1, timeSteps, sequences, rows);");
    }

    private void EmitStates()
    {
        writer.Line("// the decoder's first states");
        foreach (var layer in model.StreamLayers.OfType<CellPlan>())
            for (var i = 0; i < layer.Cell.States.Count; i++)
            {
                var row = layer.Split.RowLength;
                var place = At("memory", i == 0 ? layer.PhaseOffset : layer.MemoryOffset + (i - 1) * row);
                var source = layer.InitialState is { } encoder ? _text.LastState(encoder, i, null)
                    : layer.StartsAtWeights ? StreamCalls.InitialState(layer, i)
                    : null;
                writer.Line(source is null
                    ? $"Nano::RowOperations.Clear(ref {place}, {row});"
                    : $"Nano::RowOperations.Copy(ref {source}, 0, ref {place}, 0, {row}, 1);");
            }
    }

    private void EmitResults()
    {
        var (last, size) = (model.LastInPrediction, model.OutputSize);
        writer.Line("// outputs, batch-major");
        writer.Line($"ref var results = ref {_text.Output(last, null)};");
        if (last.Output == TimeAxis.None)
        {
            writer.Line($"Nano::RowOperations.Copy(ref results, {last.Split.RowLength}, ref outputs, {size}, {size}, rows);");
            return;
        }

        var steps = PassText.Steps(last.Output);
        using (writer.Block($"for (nint t = 0; t < {steps}; t++)"))
        {
            writer.Line($"Nano::RowOperations.Copy(ref results, {last.Split.RowLength}, ref outputs, {steps} * {size}, {size}, rows);");
            writer.Line($"results = ref RefAt(ref results, {PassText.Rows(last.Split.RowLength)});");
            writer.Line($"outputs = ref RefAt(ref outputs, {size});");
        }
    }
}
