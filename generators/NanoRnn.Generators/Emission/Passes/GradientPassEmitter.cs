using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission.Passes;

/// <summary>The weight gradients of each layer, piece by piece, from what the way back has left on the tape.</summary>
internal sealed class GradientPassEmitter(SourceWriter writer, PassText text)
{
    public void Emit(LayerPlan layer)
    {
        if (layer.Pieces == 0)
            return;
        var condition = layer.InputIsSequence || text.IsLastRange is null ? "" : text.IsLastRange + " && ";
        writer.Line();
        writer.Line($"// {layer.Name}: pieces {layer.FirstPiece} to {layer.FirstPiece + layer.Pieces - 1}");
        using (writer.Block($"for (var piece = nint.Max(firstPiece - {layer.FirstPiece}, 0); {condition}piece < nint.Min(endPiece - {layer.FirstPiece}, {layer.Pieces}); piece++)"))
        {
            switch (layer)
            {
                case CellPlan cell:
                    EmitCell(cell);
                    break;
                case EmbeddingPlan embedding:
                    EmitEmbedding(embedding);
                    break;
                case NormalizationPlan normalization:
                    EmitNormalization(normalization);
                    break;
                case ConvolutionPlan convolution:
                    EmitConvolution(convolution);
                    break;
                case AttentionPlan attention:
                    EmitAttention(attention);
                    break;
            }
        }
    }

    /// <summary>Number of the terms of each sum, less some, and whether they are added to what is there.</summary>
    private string Terms(LayerPlan layer, string? leftOut = null)
    {
        var (first, end) = text.Range(layer.Steps);
        var terms = !layer.InputIsSequence ? "sequences"
            : first == "0" ? $"sequences * {end}"
            : $"sequences * ({end} - {first})";
        return $"{terms}{(leftOut is null ? "" : " - " + leftOut)}, {Accumulates}";
    }

    private string Accumulates => text.IsLastRange is null ? "false" : "accumulates";

    private void EmitCell(CellPlan layer)
    {
        if (layer.StartsAtWeights)
            EmitInitialState(layer);
        var skipped = text.SkippedRows(layer.Steps);
        writer.Line($"ref var x = ref {text.Input(layer, null, text.TapeRange(layer.Steps).First)};");
        foreach (var stage in layer.Stages)
            if (stage.Operand is { } operand)
                writer.Line($"ref var {GradientEmitter.Operand(stage)} = ref {OperandTape(layer, operand, skipped, FirstRow(layer, operand))};");
        writer.Line($"ref var slots = ref {text.Skip(text.Tapes[layer].Record, layer.RecordStride, null, skipped)};");
        EmitTarget(layer);
        new GradientEmitter(
            writer,
            layer,
            Terms(layer),
            operand => (FirstRow(layer, operand), Terms(layer, HasZeroOperands(layer, operand) ? text.ZeroStateRows : null))).Emit();
    }

    /// <summary>The gradients of the states before the first step, which the way back has come to last: summed over the sequences.</summary>
    private void EmitInitialState(CellPlan layer)
    {
        var (row, start) = (layer.Split.RowLength, layer.InitialStateOffset);
        using (writer.Block($"if (piece == {layer.InitialStatePiece})"))
        {
            if (text.Start(layer.Steps) is { } first)
            {
                writer.Line($"if ({first} > 0)");
                writer.Line("    continue;");
            }

            writer.Line($"ref var states = ref RefAt(ref workspace.Gradients.Reference, {layer.WeightOffset + start});");
            for (var state = 0; state < layer.Cell.States.Count; state++)
            {
                writer.Line($"ref var arriving{state + 1} = ref {text.Skip(text.Tapes[layer].StateGradient, row, null, state == 0 ? null : $"{state} * sequences")};");
                EmitRowSums(layer.Split, "arriving" + (state + 1), row, "states", state * row, "sequences, false", source: 0);
            }

            EmitClearPadding(layer.Split, "states", layer.Cell.States.Count);
            writer.Line("continue;");
        }
    }

    /// <summary>Sums of rows, feature by feature.</summary>
    private void EmitRowSums(BlockSplit split, string rows, int stride, string target, int start, string terms, int source)
    {
        if (split.FullBlocks > 0)
            EmitSums(0, split.FullBlocks, BlockSplit.BlockLanes);
        if (split.TailLanes > 0)
            EmitSums(split.TailStart, 1, split.TailLanes);

        void EmitSums(int first, int blocks, int lanes) => writer.Line(
            $"Nano::WeightGradient.Biases(ref {Reference.At(rows, source + first)}, {stride}, {lanes}, ref {Reference.At(target, start + first)}, " +
            $"biases: {blocks}, lanes: {lanes}, {terms});");
    }

    private void EmitClearPadding(BlockSplit split, string target, int rows)
    {
        if (split.HasPadding)
            writer.Line(
                $"Nano::WeightGradient.ClearPadding(ref RefAt(ref {target}, {split.LastStart}), stride: {split.RowLength}, lanes: {split.LastLanes}, " +
                $"units: {split.Units - split.LastStart}, rows: {rows});");
    }

    /// <summary>Whether a recurrent kernel multiplies zeros in the first step, which the sums leave out.</summary>
    private static bool HasZeroOperands(CellPlan layer, Expr operand) => layer.StartsAtZero && layer.IsZeroWithStates(operand);

    /// <summary>The first row that counts; null for the first of all. A reversed layer has its first step in the last rows.</summary>
    private string? FirstRow(CellPlan layer, Expr operand) =>
        HasZeroOperands(layer, operand) && !layer.IsReversed ? text.ZeroStateRows : null;

    private void EmitTarget(LayerPlan layer) =>
        writer.Line($"ref var gradients = ref RefAt(ref workspace.Gradients.Reference, {layer.WeightOffset});");

    private string OperandTape(CellPlan layer, Expr operand, string? skipped, string? first)
    {
        var (tape, row) = (text.Tapes[layer], layer.Split.RowLength);
        for (var i = 0; i < layer.Cell.States.Count; i++)
            if (layer.Cell.States[i].Previous == operand)
                return layer.DropsState ? text.Skip(tape.DroppedState, row, first, skipped)
                    : text.Skip(tape.Outputs[i], row, first, layer.IsReversed ? "sequences" : skipped);
        return $"RefAt(ref {text.Skip(tape.Record, layer.RecordStride, first, skipped)}, {layer.Record.Slots[operand] * row})";
    }

    private void EmitEmbedding(EmbeddingPlan layer)
    {
        var row = layer.Split.RowLength;
        writer.Line($"ref var arriving = ref {text.Skip(text.Tapes[layer].OutputGradient, row, null, text.SkippedRows(layer.Output))};");
        EmitTarget(layer);
        var skipped = text.Start(layer.Output) is { } start ? start + " * sequences" : "0";
        writer.Line(
            $"Nano::EmbeddingTable.ComputeGradients(ref Nano::EmbeddingTable.Tokens(workspace{(layer.IsDecoder ? ".TargetInputs" : ".Inputs")}, {skipped}), ref arriving, ref gradients, " +
            $"tokens: {layer.Vocabulary}, rowLength: {row}, block: piece, features: {layer.Features}, {Terms(layer)});");
    }

    private void EmitNormalization(NormalizationPlan layer)
    {
        var row = layer.Split.RowLength;
        writer.Line($"ref var record = ref {text.Skip(text.Tapes[layer].Record, layer.RecordStride, null, text.SkippedRows(layer.Output))};");
        EmitTarget(layer);
        for (var tensor = 0; tensor < 2; tensor++)
            EmitRowSums(layer.Split, "record", layer.RecordStride, "gradients", tensor * row, Terms(layer), source: tensor * row);
        EmitClearPadding(layer.Split, "gradients", rows: 2);
    }

    private void EmitConvolution(ConvolutionPlan layer)
    {
        writer.Line($"ref var x = ref {text.Input(layer, null, text.TapeRange(layer.Steps).First)};");
        writer.Line($"ref var record = ref {text.Skip(text.Tapes[layer].Record, layer.RecordStride, null, text.SkippedRows(layer.Output))};");
        EmitTarget(layer);
        writer.Line(PositionCalls.Gradients(layer, text.InputStride(layer), Terms(layer)));
    }

    /// <summary>The way back has left a row for each sequence.</summary>
    private void EmitAttention(AttentionPlan layer)
    {
        var split = layer.ScoreSplit;
        writer.Line($"ref var record = ref {text.Row(text.Tapes[layer].Record, split.RowLength)};");
        EmitTarget(layer);
        EmitRowSums(split, "record", split.RowLength, "gradients", 0, "sequences, false", source: 0);
        EmitClearPadding(split, "gradients", rows: 1);
    }
}
