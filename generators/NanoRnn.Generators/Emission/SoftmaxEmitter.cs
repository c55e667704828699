using NanoRnn.Generators.Lowering.Functions;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// Softmax over the units of one time step, behind a dense layer's linear cell; the only activation that is not elementwise.
/// </summary>
internal static class SoftmaxEmitter
{
    public static void EmitForward(SourceWriter writer, CellPlan layer, Width width, FunctionEmitter functions)
    {
        writer.Line();
        writer.Summary($"{layer.Name}: from logits to probabilities, in place.");
        writer.Line(PassesEmitter.Optimize);
        using (writer.Block($"private static void {layer.Identifier}Softmax(ref float y)"))
        {
            writer.Line($"var max = Nano::LaneReduction.Max(ref y, {layer.Units});");
            ForEachGroup(writer, layer, width, (dialect, at) =>
            {
                functions.For(dialect)(new FunctionForm(Exponential.Instance, 1));
                var shifted = $"{dialect.Load(at)} - {dialect.Broadcast("max")}";
                writer.Line(dialect.Store($"{dialect.Function(Exponential.Instance.Name)}({shifted})", at));
            });
            writer.Line($"var sum = Nano::LaneReduction.Sum(ref y, {layer.Units});");
            ForEachGroup(writer, layer, width, (dialect, at) =>
                writer.Line(dialect.Store($"{dialect.Load(at)} / {dialect.Broadcast("sum")}", at)));
        }
    }

    public static void EmitBackward(SourceWriter writer, CellPlan layer, Width width)
    {
        writer.Line();
        writer.Summary($"{layer.Name}: the gradient of the logits, y·(dy - Σ dy·y).");
        writer.Line(PassesEmitter.Optimize);
        writer.Line($"public static void {BackwardEmitter.MethodName(layer, layer.Stages[0])}(");
        using (writer.Block($"    {BackwardEmitter.Parameters(layer)})"))
        using (writer.Block("for (nint row = 0; row < rows; row++)"))
        {
            writer.Line($"ref var y = ref RefAtRow(ref nextY, row, {layer.Split.RowLength}, 0);");
            writer.Line($"ref var dy = ref RefAtRow(ref arriving, row, {layer.Split.RowLength}, 0);");
            writer.Line($"ref var delta = ref RefAtRow(ref slots, row, {layer.RecordStride}, 0);");
            writer.Line($"var dot = Nano::LaneReduction.Dot(ref dy, ref y, {layer.Units});");
            ForEachGroup(writer, layer, width, (dialect, at) =>
            {
                var difference = $"{dialect.Load(at.Replace("ref y", "ref dy"))} - {dialect.Broadcast("dot")}";
                writer.Line(dialect.Store($"{dialect.Load(at)} * ({difference})", at.Replace("ref y", "ref delta")));
            });
        }
    }

    private static void ForEachGroup(SourceWriter writer, CellPlan layer, Width width, Action<Dialect, string> emit)
    {
        foreach (var tile in TileShape.Cover(layer.Split, width, 1))
        {
            var unit = tile.Repeats > 1 ? "unit" : tile.FirstUnit.ToString();
            var lane = tile.LaneRepeats > 1 ? "lane" : null;
            using (writer.Loop("unit", tile.Repeats, tile.UnitStep))
            using (lane is null ? null : writer.Loop("lane", tile.LaneRepeats, tile.LaneStep) as SourceWriter.Scope?)
                foreach (var group in tile.Groups)
                    emit(group.Dialect, $"RefAt(ref y, {LayerEmitter.Offset(LayerEmitter.UnitTerms(unit, lane, group.Unit))})");
        }
    }
}
