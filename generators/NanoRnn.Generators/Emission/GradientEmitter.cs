using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>The weight gradients of one layer: for each piece of its blocks, the runtime's products over all sequences and steps.</summary>
/// <param name="writer">The text.</param>
/// <param name="layer">The layer.</param>
/// <param name="terms">Number of terms of each sum and whether they are added to what is there, expressions.</param>
/// <param name="recurrentTerms">The same for a recurrent kernel, by its operand, and the row of the first term; null for the first of all.</param>
internal sealed class GradientEmitter(
    SourceWriter writer, CellPlan layer, string terms, Func<Expr, (string? FirstRow, string Terms)> recurrentTerms)
{
    /// <summary>Name of the reference to what a stage's recurrent kernel multiplied.</summary>
    public static string Operand(StagePlan stage) => "operand" + (stage.Index + 1);

    public void Emit()
    {
        if (layer.UsesDotProducts)
            EmitDotProducts();
        else if (layer.Maps.Count == 1)
            EmitBlockRow();
        else
            EmitBlocks();
        if (!layer.UsesDotProducts && layer.Split.HasPadding)
            using (writer.Block($"if (piece == {layer.LastSumPiece})"))
                EmitClearPadding(layer.Split.LastStart * layer.SlotsPerBlock, layer.Split, layer.SlotsPerBlock);
    }

    private void EmitDotProducts()
    {
        writer.Line(
            $"Nano::WeightGradient.DotKernel(ref slots, {layer.RecordStride}, ref x, ref gradients, {layer.InputStride}, lanes: {layer.Below!.Split.Padded}, features: {layer.Inputs}, units: {layer.Units}, {terms});");
        if (layer.Maps[0].BiasCount > 0)
            writer.Line(
                $"Nano::WeightGradient.Biases(ref slots, {layer.RecordStride}, 0, ref RefAt(ref gradients, {layer.DotBiasOffset}), 1, {layer.Split.Padded}, {terms});");
        if (layer.Split.HasPadding)
            EmitClearPadding(layer.DotBiasOffset, layer.Split, rows: 1);
    }

    /// <summary>What the sums have left in the lanes behind the last unit.</summary>
    private void EmitClearPadding(int target, BlockSplit split, int rows) => writer.Line(
        $"Nano::WeightGradient.ClearPadding(ref RefAt(ref gradients, {target}), stride: {split.LastLanes}, lanes: {split.LastLanes}, " +
        $"units: {split.Units - split.LastStart}, rows: {rows});");

    /// <summary>With one map, neighbouring blocks fill the registers.</summary>
    private void EmitBlockRow()
    {
        var split = layer.Split;
        if (split.FullBlocks > 0)
        {
            writer.Line($"var block = piece * {layer.BlocksPerPiece};");
            writer.Line($"var blocks = int.Min({layer.BlocksPerPiece}, {split.FullBlocks} - (int)block);");
            using (writer.Block("if (blocks > 0)"))
                EmitBlock("block", BlockSplit.BlockLanes, "blocks");
        }

        if (split.TailLanes > 0)
            using (writer.Block($"if (piece == {layer.LastSumPiece})"))
                EmitBlock(null, split.TailLanes, "1");
    }

    private void EmitBlocks()
    {
        var split = layer.Split;
        if (split.FullBlocks > 0)
        {
            writer.Line($"var endBlock = nint.Min((piece + 1) * {layer.BlocksPerPiece}, {split.FullBlocks});");
            using (writer.Block($"for (var block = piece * {layer.BlocksPerPiece}; block < endBlock; block++)"))
                EmitBlock("block", BlockSplit.BlockLanes, null);
        }

        if (split.TailLanes > 0)
            using (writer.Block($"if (piece == {layer.LastSumPiece})"))
                EmitBlock(null, split.TailLanes, null);
    }

    /// <param name="block">The block's number, an expression, or null for the tail.</param>
    /// <param name="lanes">Its lanes.</param>
    /// <param name="blocks">How many blocks side by side are the panels, or null if the maps are.</param>
    private void EmitBlock(string? block, int lanes, string? blocks)
    {
        var (deltas, target) = block is null
            ? ($"{layer.Split.TailStart}", $"{layer.Split.TailStart * layer.SlotsPerBlock}")
            : ($"{block} * {lanes}", $"{block} * {lanes * layer.SlotsPerBlock}");
        writer.Line($"ref var deltas = ref RefAt(ref slots, {deltas});");
        writer.Line($"ref var target = ref RefAt(ref gradients, {target});");
        foreach (var stage in layer.Stages)
        {
            EmitBiases(stage, lanes, blocks);
            EmitFeed(stage, new Source(stage.Input, "x", layer.InputStride, layer.Below is not null, null, terms), lanes, blocks, isTail: block is null);
            if (stage.Operand is null)
                continue;
            var operandIsState = layer.Cell.States.Any(state => state.Previous == stage.Operand);
            var stride = operandIsState ? layer.Split.RowLength : layer.RecordStride;
            var (firstRow, ofOperand) = recurrentTerms(stage.Operand);
            EmitFeed(stage, new Source(stage.Recurrent, Operand(stage), stride, true, firstRow, ofOperand), lanes, blocks, isTail: block is null);
        }
    }

    /// <summary>Neighbouring maps are summed side by side. All biases of a map have the same gradient.</summary>
    private void EmitBiases(StagePlan stage, int lanes, string? blocks)
    {
        var isRow = blocks is not (null or "1");
        if (stage.Maps.All(map => map.BiasCount == 0))
            return;
        using (isRow ? writer.Block($"for (nint b = 0; b < {blocks}; b++)") as SourceWriter.Scope? : null)
        {
            var (ofDelta, ofTarget) = isRow ? ($" + b * {lanes}", $" + b * {lanes * layer.SlotsPerBlock}") : ("", "");
            foreach (var (map, count) in NeighboursWithBias(stage, 0))
                writer.Line(
                    $"Nano::WeightGradient.Biases(ref RefAt(ref deltas, {(stage.FirstMap + map) * layer.Split.RowLength}{ofDelta}), " +
                    $"{layer.RecordStride}, {layer.Split.RowLength}, {Target(map, 0)}, biases: {count}, lanes: {lanes}, {terms});");
            for (var bias = 1; bias < stage.Maps.Max(map => map.BiasCount); bias++)
                foreach (var (map, count) in NeighboursWithBias(stage, bias))
                    writer.Line($"Nano::RowOperations.Copy({Target(map, 0)}, 0, {Target(map, bias)}, 0, {count * lanes}, 1);");

            string Target(int map, int bias) => $"ref RefAt(ref target, {stage.BiasSlot(map, bias) * lanes}{ofTarget})";
        }
    }

    /// <summary>Maps that lie side by side and have a bias of this number: the first of them, and how many.</summary>
    private static IEnumerable<(int Map, int Count)> NeighboursWithBias(StagePlan stage, int bias)
    {
        for (var map = 0; map < stage.Maps.Count; map++)
        {
            var count = stage.Maps.Skip(map).TakeWhile(next => next.BiasCount > bias).Count();
            if (count > 0)
                yield return (map, count);
            map += count;
        }
    }

    private void EmitFeed(StagePlan stage, Source source, int lanes, string? blocks, bool isTail)
    {
        var feed = source.Feed;
        if (feed.MapCount == 0)
            return;
        var firstDelta = $"{(stage.FirstMap + feed.FirstMap) * layer.Split.RowLength}";
        if (source.FirstRow is not null)
            firstDelta = $"{source.FirstRow} * {layer.RecordStride} + {firstDelta}";
        var operands = $"    ref {source.Name}, {source.Stride}, ref RefAt(ref deltas, {firstDelta}), {layer.RecordStride},";
        var target = $"ref RefAt(ref target, {feed.Slot * lanes})";
        if (isTail && source.IsPadded && layer.TailGradientRunsAlongRows(feed))
        {
            writer.Line("Nano::WeightGradient.TailKernel(");
            writer.Line($"{operands} {layer.Split.RowLength},");
            writer.Line(
                $"    {target}, rows: {feed.Rows}, maps: {feed.MapCount}, lanes: {lanes}, units: {layer.Units - layer.Split.TailStart}, {source.Terms});");
            return;
        }

        var (deltaPanel, targetPanel) = blocks is null ? (layer.Split.RowLength, lanes) : (lanes, lanes * layer.SlotsPerBlock);
        writer.Line("Nano::WeightGradient.Kernel(");
        writer.Line($"{operands} {deltaPanel},");
        writer.Line(
            $"    {target}, {feed.MapCount * lanes}, {targetPanel}, " +
            $"rows: {feed.Rows}, panels: {blocks ?? feed.MapCount.ToString()}, lanes: {lanes}, {source.Terms});");
    }

    /// <summary>What a kernel multiplied.</summary>
    /// <param name="Feed">Which maps it feeds.</param>
    /// <param name="Name">Name of the reference to it.</param>
    /// <param name="Stride">From one row to the next.</param>
    /// <param name="IsPadded">Whether its rows are padded to whole lanes.</param>
    /// <param name="FirstRow">The row of the first term, an expression; null for the first of all.</param>
    /// <param name="Terms">Number of the terms and whether they are added to what is there.</param>
    private sealed record Source(MapFeed Feed, string Name, int Stride, bool IsPadded, string? FirstRow, string Terms);
}
