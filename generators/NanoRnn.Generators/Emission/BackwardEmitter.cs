using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The backward kernels of one layer for one time step: the elementwise part, and the products with the transposed kernels
/// that carry the gradient to the step before and to the layer below.
/// </summary>
internal sealed class BackwardEmitter(SourceWriter writer, LayerPlan layer, Width width)
{
    public static string CellsName(LayerPlan layer, StagePlan stage) =>
        layer.Identifier + "Backward" + (layer.Stages.Count > 1 ? (stage.Index + 1).ToString() : "");

    public static string RecurrentName(LayerPlan layer, StagePlan stage) => Name(layer, stage, "RecurrentGradient");

    public static string InputName(LayerPlan layer, StagePlan stage) => Name(layer, stage, "InputGradient");

    public void Emit()
    {
        foreach (var stage in layer.Stages)
        {
            if (layer.HasSoftmax)
                SoftmaxEmitter.EmitBackward(writer, layer, width);
            else
                EmitCells(stage);
            if (stage.Recurrent.MapCount > 0)
                EmitProduct(
                    RecurrentName(layer, stage), stage, stage.Recurrent, layer.Split, layer.Split.Padded, Accumulates(stage));
            // The stages run backwards: the last one starts the sum, the others add to it.
            if (layer.Below is { } below)
                EmitProduct(InputName(layer, stage), stage, stage.Input, below.Split, below.Split.Padded,
                    accumulates: stage.Index < layer.Stages.Count - 1);
        }
    }

    /// <summary>Whether the product is added to what the elementwise part left.</summary>
    private bool Accumulates(StagePlan stage)
    {
        var states = layer.Cell.States;
        for (var i = 0; i < states.Count; i++)
            if (states[i].Previous == stage.Operand)
                return !layer.Backward.StateGradients[i].IsConstant(0);
        return false;
    }

    private void EmitCells(StagePlan stage)
    {
        var references = CellEmitter.BackwardReferences(layer).ToArray();
        writer.Line();
        writer.Summary($"{layer.Spec.Name}: the gradients of one step's sums, for several sequences.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        writer.Line($"private static void {CellsName(layer, stage)}(");
        using (writer.Block($"    {string.Join(", ", references.Select(name => "ref float " + name))}, nint rows)"))
        using (writer.Block("for (nint row = 0; row < rows; row++)"))
            foreach (var tile in TileShape.Cover(layer.Split, width, 1))
                using (writer.Loop("unit", tile.Repeats, tile.UnitStep))
                using (tile.LaneRepeats > 1 ? writer.Loop("lane", tile.LaneRepeats, tile.LaneStep) : (SourceWriter.Scope?)null)
                    foreach (var group in tile.Groups)
                        EmitCell(stage, references, tile, group);
    }

    private void EmitCell(StagePlan stage, string[] references, TileShape tile, LaneGroup group)
    {
        var unit = tile.Repeats > 1 ? "unit" : tile.FirstUnit.ToString();
        var lane = tile.LaneRepeats > 1 ? "lane" : null;
        var arguments = references.Select(reference =>
        {
            var stride = reference == "slots" ? layer.RecordStride : layer.Split.Padded;
            var terms = new[] { $"row * {stride}" }.Concat(LayerEmitter.UnitTerms(unit, lane, group.Unit));
            return $"ref Unsafe.Add(ref {reference}, {string.Join(" + ", terms)})";
        });
        writer.Line($"{CellEmitter.BackwardMethodName(layer, stage, group.Dialect)}(");
        writer.Line($"    {string.Join(", ", arguments)});");
    }

    /// <summary>
    /// target[row] = (target[row] +) Σⱼ slots[row][j] · kernel[j], where j runs over the slots of the maps that the operand
    /// feeds and the kernel is transposed: one row per map and unit.
    /// </summary>
    private void EmitProduct(string name, StagePlan stage, MapFeed feed, BlockSplit targets, int stride, bool accumulates)
    {
        var first = (stage.FirstMap + feed.FirstMap) * layer.Split.Padded;
        var count = layer.UsesDotProducts ? layer.Units : feed.MapCount * layer.Split.Padded;
        writer.Line();
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Block($"private static void {name}(ref float slots, ref float kernel, ref float target, nint rows)"))
            foreach (var tile in TileShape.Cover(targets, width, width.TileSums / width.TileRows))
                using (writer.Loop("unit", tile.Repeats, tile.UnitStep))
                using (tile.LaneRepeats > 1 ? writer.Loop("lane", tile.LaneRepeats, tile.LaneStep) : (SourceWriter.Scope?)null)
                {
                    var unit = tile.Repeats > 1 ? "unit" : tile.FirstUnit.ToString();
                    var lane = tile.LaneRepeats > 1 ? "lane" : null;
                    var product = new ProductTile(writer, tile.Groups, group => group.Unit, group => group.Unit);
                    writer.Line("nint row = 0;");
                    foreach (var rows in width.TileRows > 1 ? new[] { width.TileRows, 1 } : [1])
                        using (writer.Block(rows > 1 ? $"for (; row <= rows - {rows}; row += {rows})" : "for (; row < rows; row++)"))
                        {
                            var terms = string.Concat(LayerEmitter.UnitTerms(unit, lane, 0).Select(term => " + " + term));
                            writer.Line($"ref var a = ref Unsafe.Add(ref slots, row * {layer.RecordStride} + {first});");
                            writer.Line($"ref var b = ref Unsafe.Add(ref kernel, 0{terms});");
                            writer.Line($"ref var c = ref Unsafe.Add(ref target, row * {stride}{terms});");
                            product.Emit(
                                rows, count.ToString(), aRowStride: layer.RecordStride, aStep: 1, bStep: stride, cRowStride: stride,
                                accumulates ? ProductStart.Target : ProductStart.Zero, addsToTargetIf: null);
                        }
                }
    }

    private static string Name(LayerPlan layer, StagePlan stage, string suffix) =>
        layer.Identifier + suffix + (layer.Stages.Count > 1 ? (stage.Index + 1).ToString() : "");
}
