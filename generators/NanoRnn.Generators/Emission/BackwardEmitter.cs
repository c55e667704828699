using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The elementwise backward kernels of one layer at one width: the gradients of one time step's sums, for several sequences.
/// What carries gradients through kernels are matrix products, which the runtime has.
/// </summary>
internal sealed class BackwardEmitter(SourceWriter writer, CellPlan layer, Width width)
{
    public static string MethodName(CellPlan layer, StagePlan stage) =>
        layer.Kernels.Identifier + "Backward" + (layer.Stages.Count > 1 ? (stage.Index + 1).ToString() : "");

    public static string Parameters(CellPlan layer) =>
        string.Join(", ", References(layer).Select(name => "ref float " + name)) + ", nint rows";

    /// <summary>The references that a backward kernel takes, in order.</summary>
    public static IEnumerable<string> References(CellPlan layer) =>
        layer.HasSoftmax ? [CellEmitter.Next("y"), "slots", "arriving"] : CellEmitter.BackwardReferences(layer);

    public void Emit()
    {
        if (layer.HasSoftmax)
            SoftmaxEmitter.EmitBackward(writer, layer, width);
        else
            foreach (var stage in layer.Stages)
                EmitStage(stage);
    }

    private void EmitStage(StagePlan stage)
    {
        writer.Line();
        writer.Summary($"{layer.Name}: the gradients of one step's sums, for several sequences.");
        writer.Line(PassesEmitter.Optimize);
        writer.Line($"public static void {MethodName(layer, stage)}(");
        using (writer.Block($"    {Parameters(layer)})"))
        {
            var rowLoop = "for (nint row = 0; row < rows; row++)";
            var tiles = TileShape.Cover(layer.Split, width, 1);
            if (DialectOfRows(layer, width) is { } dialect)
            {
                var tail = tiles[tiles.Count - 1];
                EmitTiles(stage, [.. tiles.Take(tiles.Count - 1)], rowLoop);
                writer.Line($"nint tiled = rows - rows % {dialect.Rows};");
                EmitTiles(stage, [tail.OverRows(dialect)], $"for (nint row = 0; row < tiled; row += {dialect.Rows})");
                (tiles, rowLoop) = ([tail], "for (var row = tiled; row < rows; row++)");
            }

            EmitTiles(stage, tiles, rowLoop);
        }
    }

    /// <summary>The register with several sequences of the last block that the backward kernels have; null if there is none.</summary>
    public static Dialect? DialectOfRows(CellPlan layer, Width width) =>
        width.ForRows(layer, reference => CellEmitter.BackwardStride(layer, reference));

    private void EmitTiles(StagePlan stage, IReadOnlyList<TileShape> tiles, string rowLoop)
    {
        if (tiles.Count == 0)
            return;
        using (writer.Block(rowLoop))
            foreach (var tile in tiles)
                using (writer.Loop("unit", tile.Repeats, tile.UnitStep))
                using (tile.LaneRepeats > 1 ? writer.Loop("lane", tile.LaneRepeats, tile.LaneStep) : (SourceWriter.Scope?)null)
                    EmitCell(stage, tile);
    }

    private void EmitCell(StagePlan stage, TileShape tile)
    {
        var unit = tile.Repeats > 1 ? "unit" : tile.FirstUnit.ToString();
        var lane = tile.LaneRepeats > 1 ? "lane" : null;
        foreach (var group in tile.Groups)
        {
            var arguments = References(layer).Select(reference =>
                $"ref RefAtRow(ref {reference}, row, {CellEmitter.BackwardStride(layer, reference)}, {LayerEmitter.Offset(LayerEmitter.UnitTerms(unit, lane, group.Unit))})");
            writer.Line($"{CellEmitter.BackwardMethodName(layer, stage, group.Dialect)}(");
            writer.Line($"    {string.Join(", ", arguments)});");
        }
    }
}
