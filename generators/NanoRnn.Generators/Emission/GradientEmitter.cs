using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The weight gradient of one layer: for each piece of blocks, products over all sequences and steps of what a kernel
/// multiplied and the gradients of the sums. The terms are summed in parts of <see cref="TermsPerPart"/>, which stay in the
/// cache and bound the rounding error.
/// </summary>
internal sealed class GradientEmitter(SourceWriter writer, LayerPlan layer, Width width)
{
    private const int TermsPerPart = 128;

    public static string MethodName(LayerPlan layer) => layer.Identifier + "Gradient";

    /// <summary>The references it takes, in order.</summary>
    public static IEnumerable<string> References(LayerPlan layer)
    {
        yield return "x";
        foreach (var stage in layer.Stages)
            if (stage.Operand is not null)
                yield return Operand(stage);
        yield return "slots";
        yield return "gradients";
    }

    public static string Operand(StagePlan stage) => "operand" + (stage.Index + 1);

    public void Emit()
    {
        var methods = new List<(string Name, Action Emit)>();
        writer.Line();
        writer.Summary($"{layer.Spec.Name}: one piece of the weight gradient, over so many terms.");
        var references = string.Join(", ", References(layer).Select(name => "ref float " + name));
        using (writer.Block($"private static void {MethodName(layer)}({references}, nint terms, nint piece)"))
        {
            if (layer.UsesDotProducts)
                EmitDotCalls(methods);
            else
                EmitBlockCalls(methods);
        }

        foreach (var (name, emit) in methods)
        {
            writer.Line();
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
            using (writer.Block($"private static void {name}(ref float source, ref float deltas, ref float target, nint terms)"))
            using (writer.Block($"for (nint part = 0; part < terms; part += {TermsPerPart})"))
            {
                writer.Line($"var count = nint.Min({TermsPerPart}, terms - part);");
                emit();
            }
        }
    }

    private void EmitBlockCalls(List<(string Name, Action Emit)> methods)
    {
        var split = layer.Split;
        if (split.FullBlocks > 0)
        {
            writer.Line($"var end = nint.Min((piece + 1) * {layer.BlocksPerPiece}, {split.FullBlocks});");
            using (writer.Block($"for (var block = piece * {layer.BlocksPerPiece}; block < end; block++)"))
            {
                writer.Line($"ref var deltas = ref Unsafe.Add(ref slots, block * {BlockSplit.BlockLanes});");
                writer.Line($"ref var target = ref Unsafe.Add(ref gradients, block * {BlockSplit.BlockLanes * layer.SlotsPerBlock});");
                EmitBlock(BlockSplit.BlockLanes, methods);
            }
        }

        if (split.TailLanes > 0)
            using (writer.Block($"if (piece == {layer.Pieces - 1})"))
            {
                writer.Line($"ref var deltas = ref Unsafe.Add(ref slots, {split.TailStart});");
                writer.Line($"ref var target = ref Unsafe.Add(ref gradients, {split.TailStart * layer.SlotsPerBlock});");
                EmitBlock(split.TailLanes, methods);
            }
    }

    private void EmitBlock(int blockLanes, List<(string Name, Action Emit)> methods)
    {
        foreach (var stage in layer.Stages)
        {
            for (var map = 0; map < stage.Maps.Count; map++)
                for (var bias = 0; bias < stage.Maps[map].BiasCount; bias++)
                    Call(
                        $"Bias{blockLanes}", "x", (stage.FirstMap + map) * layer.Split.Padded, stage.BiasSlot(map, bias) * blockLanes,
                        () => EmitBias(blockLanes));
            var number = layer.Stages.Count > 1 ? (stage.Index + 1).ToString() : "";
            CallFeed(stage, stage.Input, $"Kernel{number}Of{blockLanes}", "x", layer.InputStride);
            var operandIsState = layer.Cell.States.Any(state => state.Previous == stage.Operand);
            CallFeed(
                stage, stage.Recurrent, $"RecurrentKernel{number}Of{blockLanes}", Operand(stage),
                operandIsState ? layer.Split.Padded : layer.RecordStride);
        }

        void CallFeed(StagePlan stage, MapFeed feed, string name, string source, int sourceStride)
        {
            if (feed.MapCount > 0)
                Call(
                    name, source, (stage.FirstMap + feed.FirstMap) * layer.Split.Padded, feed.Slot * blockLanes,
                    () => EmitFeed(feed, blockLanes, sourceStride));
        }

        void Call(string suffix, string source, int deltaOffset, int targetOffset, Action emit)
        {
            var name = MethodName(layer) + "Of" + suffix;
            writer.Line(
                $"{name}(ref {source}, ref Unsafe.Add(ref deltas, {deltaOffset}), ref Unsafe.Add(ref target, {targetOffset}), terms);");
            if (!methods.Any(method => method.Name == name))
                methods.Add((name, emit));
        }
    }

    /// <summary>Sums of the gradients themselves: what multiplied them is 1.</summary>
    private void EmitBias(int blockLanes) => EmitTiles(
        Lanes(blockLanes), rows: 1, tileRows: 1, group => group.LaneInBlock, group => group.LaneInBlock, aRowStride: 0, aStep: 0, cRowStride: 0);

    private void EmitFeed(MapFeed feed, int blockLanes, int sourceStride)
    {
        // A register per map and group: b is a row of slots, c a row of the packed kernel.
        var lanes = width.For(blockLanes);
        var maps = Enumerable.Range(0, feed.MapCount)
            .Select(map => new LaneGroup(map * blockLanes, map * blockLanes, blockLanes, lanes))
            .ToArray();
        var tileRows = PowerOfTwoBelow(width.TileSums / feed.MapCount);
        EmitTiles(
            maps, feed.Rows, tileRows, group => group.Block / blockLanes * layer.Split.Padded, group => group.Block,
            aRowStride: 1, aStep: sourceStride, cRowStride: feed.MapCount * blockLanes, lanesLoop: blockLanes / lanes.Lanes);
    }

    private void EmitDotCalls(List<(string Name, Action Emit)> methods)
    {
        // The kernel lies one row per unit: here the gradients are the factor and the input is what lies in lanes.
        var name = MethodName(layer) + "OfKernel";
        writer.Line($"{name}(ref slots, ref x, ref gradients, terms);");
        var split = new BlockSplit(layer.InputStride);
        methods.Add((name, () =>
        {
            foreach (var tile in TileShape.Cover(split, width, 1))
                using (writer.Loop("unit", tile.Repeats, tile.UnitStep))
                using (tile.LaneRepeats > 1 ? writer.Loop("lane", tile.LaneRepeats, tile.LaneStep) : (SourceWriter.Scope?)null)
                {
                    var terms = LayerEmitter.UnitTerms(
                        tile.Repeats > 1 ? "unit" : tile.FirstUnit.ToString(), tile.LaneRepeats > 1 ? "lane" : null, 0);
                    var unit = string.Concat(terms.Select(term => " + " + term));
                    var product = new ProductTile(writer, tile.Groups, group => group.Unit, group => group.Unit);
                    writer.Line($"ref var a = ref Unsafe.Add(ref source, part * {layer.RecordStride});");
                    writer.Line($"ref var b = ref Unsafe.Add(ref deltas, part * {layer.InputStride}{unit});");
                    writer.Line($"ref var c = ref Unsafe.Add(ref target, 0{unit});");
                    product.Emit(
                        layer.Units, "count", aRowStride: 1, aStep: layer.RecordStride, bStep: layer.InputStride,
                        cRowStride: layer.InputStride, ProductStart.Zero, addsToTargetIf: "part > 0");
                }
        }));

        if (layer.Maps[0].BiasCount == 0)
            return;
        var biasName = MethodName(layer) + "OfBias";
        writer.Line($"{biasName}(ref x, ref slots, ref Unsafe.Add(ref gradients, {layer.DotBiasOffset}), terms);");
        methods.Add((biasName, () => EmitBias(layer.Split.TailLanes)));
    }

    private List<LaneGroup> Lanes(int blockLanes)
    {
        var dialect = width.For(blockLanes);
        return
        [
            .. Enumerable.Range(0, blockLanes / dialect.Lanes)
                .Select(i => new LaneGroup(i * dialect.Lanes, 0, blockLanes, dialect)),
        ];
    }

    private void EmitTiles(
        IReadOnlyList<LaneGroup> groups, int rows, int tileRows, Func<LaneGroup, int> source, Func<LaneGroup, int> target,
        int aRowStride, int aStep, int cRowStride, int lanesLoop = 1)
    {
        var product = new ProductTile(writer, groups, source, target);
        var lane = lanesLoop > 1 ? " + lane" : "";
        using (lanesLoop > 1 ? writer.Loop("lane", lanesLoop, groups[0].Dialect.Lanes) : (SourceWriter.Scope?)null)
        {
            writer.Line("nint k = 0;");
            var sizes = rows < tileRows || tileRows == 1 ? new[] { 1 } : rows % tileRows == 0 ? [tileRows] : [tileRows, 1];
            foreach (var size in sizes)
                using (writer.Block(size > 1 ? $"for (; k <= {rows - size}; k += {size})" : $"for (; k < {rows}; k++)"))
                {
                    if (aStep > 0)
                        writer.Line($"ref var a = ref Unsafe.Add(ref source, part * {aStep} + k);");
                    writer.Line($"ref var b = ref Unsafe.Add(ref deltas, part * {layer.RecordStride}{lane});");
                    writer.Line($"ref var c = ref Unsafe.Add(ref target, k * {cRowStride}{lane});");
                    product.Emit(
                        size, "count", aRowStride, aStep, layer.RecordStride, cRowStride, ProductStart.Zero, addsToTargetIf: "part > 0");
                }
        }
    }

    private static int PowerOfTwoBelow(int value) => value >= 8 ? 8 : value >= 4 ? 4 : value >= 2 ? 2 : 1;
}
