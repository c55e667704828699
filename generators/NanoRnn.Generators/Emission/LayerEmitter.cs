using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>What a kernel is for.</summary>
internal enum KernelKind
{
    /// <summary>One step of one sequence.</summary>
    Step,

    /// <summary>One step of several sequences.</summary>
    Rows,

    /// <summary>One step of several sequences that writes down what the backward pass needs.</summary>
    Record,
}

/// <summary>The forward kernels of one layer at one width: one time step, for one or several sequences.</summary>
internal sealed class LayerEmitter(SourceWriter writer, LayerPlan layer, Width width)
{
    public static string MethodName(LayerPlan layer, KernelKind kind) => layer.Identifier + kind;

    /// <summary>Floats from one sequence's slots to the next one's.</summary>
    public static int SlotStride(LayerPlan layer, KernelKind kind) =>
        kind == KernelKind.Record ? layer.RecordStride : layer.MemoryLength - Math.Max(0, layer.Cell.States.Count - 1) * layer.Split.Padded;

    public void Emit(KernelKind kind)
    {
        writer.Line();
        writer.Summary(kind switch
        {
            KernelKind.Step => $"{layer.Spec.Name}: one time step of one sequence.",
            KernelKind.Rows => $"{layer.Spec.Name}: one time step of several sequences.",
            _ => $"{layer.Spec.Name}: one time step of several sequences, recorded for the backward pass.",
        });
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        var parameters = new List<string> { "ref float weights", "ref float x" };
        if (kind == KernelKind.Rows)
            parameters.Add("nint xStride");
        parameters.AddRange(CellEmitter.ForwardReferences(layer).Select(name => $"ref float {name}"));
        if (kind != KernelKind.Step)
            parameters.Add("nint rows");
        writer.Line($"private static void {MethodName(layer, kind)}(");
        using (writer.Block($"    {string.Join(", ", parameters)})"))
        {
            if (layer.UsesDotProducts)
                EmitDotProducts(kind);
            else
                foreach (var stage in layer.Stages)
                    EmitStage(stage, kind);
            if (layer.HasSoftmax)
                SoftmaxEmitter.EmitCalls(writer, layer, kind);
        }
    }

    private void EmitStage(StagePlan stage, KernelKind kind)
    {
        var sums = kind == KernelKind.Step ? width.StepSums : width.TileSums / width.TileRows;
        foreach (var tile in TileShape.Cover(layer.Split, width, sums / stage.Maps.Count))
        {
            using (writer.Loop("unit", tile.Repeats, tile.UnitStep))
            using (tile.LaneRepeats > 1 ? writer.Loop("lane", tile.LaneRepeats, tile.LaneStep) : (SourceWriter.Scope?)null)
            {
                if (kind == KernelKind.Step)
                {
                    EmitTile(stage, tile, kind, 1);
                    continue;
                }

                writer.Line("nint row = 0;");
                if (width.TileRows > 1)
                    using (writer.Block($"for (; row <= rows - {width.TileRows}; row += {width.TileRows})"))
                        EmitTile(stage, tile, kind, width.TileRows);
                using (writer.Block("for (; row < rows; row++)"))
                    EmitTile(stage, tile, kind, 1);
            }
        }
    }

    private void EmitTile(StagePlan stage, TileShape tile, KernelKind kind, int rows)
    {
        var unit = tile.Repeats > 1 ? "unit" : tile.FirstUnit.ToString();
        var lane = tile.LaneRepeats > 1 ? "lane" : null;
        if (kind != KernelKind.Step)
            EmitRowReferences(stage, kind, rows);
        var sums = new SumEmitter(writer, layer, stage, tile, rows);
        sums.Emit(
            unit,
            lane,
            row => kind == KernelKind.Step ? "x" : "xRow" + Row(row),
            row => kind == KernelKind.Step ? Operand(stage, kind) : "operand" + Row(row));
        for (var row = 0; row < rows; row++)
            for (var group = 0; group < tile.Groups.Count; group++)
                EmitCell(stage, kind, sums, tile.Groups[group], (row, group), unit, lane);
    }

    private void EmitRowReferences(StagePlan stage, KernelKind kind, int rows)
    {
        var stride = kind == KernelKind.Rows ? "xStride" : layer.InputStride.ToString();
        for (var row = 0; row < rows; row++)
        {
            var index = row == 0 ? "row" : $"(row + {row})";
            if (stage.Input.MapCount > 0)
                writer.Line($"ref var xRow{Row(row)} = ref Unsafe.Add(ref x, {index} * {stride});");
            if (stage.Recurrent.MapCount > 0)
                writer.Line(
                    $"ref var operand{Row(row)} = ref Unsafe.Add(ref {Operand(stage, kind)}, {index} * {OperandStride(stage, kind)}{OperandOffset(stage, kind)});");
        }
    }

    /// <summary>The reference to the recurrent operand: a state, or a slot behind <see cref="OperandOffset"/>.</summary>
    private string Operand(StagePlan stage, KernelKind kind)
    {
        if (stage.Operand is null || layer.Cell.States.FirstOrDefault(state => state.Previous == stage.Operand) is not { } operand)
            return kind == KernelKind.Step ? $"Unsafe.Add(ref slots, {SlotOffset(stage, kind)})" : "slots";
        return CellEmitter.Previous(operand.Name);
    }

    private string OperandOffset(StagePlan stage, KernelKind kind) =>
        IsState(stage) ? "" : $" + {SlotOffset(stage, kind)}";

    private int OperandStride(StagePlan stage, KernelKind kind) => IsState(stage) ? layer.Split.Padded : SlotStride(layer, kind);

    private bool IsState(StagePlan stage) => layer.Cell.States.Any(state => state.Previous == stage.Operand);

    private int SlotOffset(StagePlan stage, KernelKind kind)
    {
        if (stage.Operand is null)
            return 0;
        var slot = kind == KernelKind.Record
            ? layer.Record.Slots[stage.Operand]
            : layer.Carried.TakeWhile(value => value != stage.Operand).Count();
        return slot * layer.Split.Padded;
    }

    private void EmitCell(
        StagePlan stage, KernelKind kind, SumEmitter sums, LaneGroup group, (int Row, int Group) position, string unit, string? lane)
    {
        var arguments = Enumerable.Range(0, stage.Maps.Count).Select(map => sums.Sum(map, position.Row, position.Group)).ToList();
        foreach (var reference in CellEmitter.ForwardReferences(layer))
        {
            var stride = reference == "slots" ? SlotStride(layer, kind) : layer.Split.Padded;
            var terms = new List<string>();
            if (kind != KernelKind.Step && stride > 0)
                terms.Add(position.Row == 0 ? $"row * {stride}" : $"(row + {position.Row}) * {stride}");
            terms.AddRange(UnitTerms(unit, lane, group.Unit));
            arguments.Add(reference == "slots" && stride == 0 || terms.Count == 0
                ? $"ref {reference}"
                : $"ref Unsafe.Add(ref {reference}, {string.Join(" + ", terms)})");
        }

        writer.Line($"{CellEmitter.MethodName(layer, stage, kind == KernelKind.Record)}(");
        writer.Line($"    {string.Join(", ", arguments)});");
    }

    /// <summary>The terms of a unit's index, with numbers added up and zero left out.</summary>
    internal static IEnumerable<string> UnitTerms(string unit, string? lane, int offset)
    {
        if (int.TryParse(unit, out var number))
            offset += number;
        else
            yield return unit;
        if (lane is not null)
            yield return lane;
        if (offset > 0)
            yield return offset.ToString();
    }

    private void EmitDotProducts(KernelKind kind)
    {
        var cell = CellEmitter.MethodName(layer, layer.Stages[0], kind == KernelKind.Record);
        var slotStride = SlotStride(layer, kind);
        var stride = kind == KernelKind.Rows ? "xStride" : layer.InputStride.ToString();
        var dialect = width.For(layer.Split.TailLanes);
        using (kind == KernelKind.Step ? writer.Block() : writer.Block("for (nint row = 0; row < rows; row++)"))
        {
            writer.Line(kind == KernelKind.Step
                ? "ref var x0 = ref x;"
                : $"ref var x0 = ref Unsafe.Add(ref x, row * {stride});");
            var dots = Enumerable.Range(0, layer.Units)
                .Select(j => $"LaneReduction.Dot(ref {At("weights", j * layer.InputStride)}, ref x0, {layer.InputStride})")
                .ToArray();
            var hasBias = layer.Stages[0].Maps[0].BiasCount > 0;
            if (dialect.Lanes == 1)
            {
                for (var j = 0; j < layer.Split.Padded; j++)
                    EmitDotCell(
                        j >= layer.Units ? "0f" : dots[j] + (hasBias ? $" + {At("weights", layer.DotBiasOffset + j)}" : ""), j);
                return;
            }

            var lanes = dots.Concat(Enumerable.Repeat("0f", dialect.Lanes - dots.Length));
            writer.Line("var dots = Vector128.Create(");
            writer.Line($"    {string.Join(", ", lanes)});");
            EmitDotCell(hasBias ? $"dots + {dialect.Load("weights", layer.DotBiasOffset.ToString())}" : "dots", 0);
        }

        void EmitDotCell(string sum, int unit)
        {
            var row = kind == KernelKind.Step ? "" : "row * ";
            var y = kind == KernelKind.Step ? At("nextY", unit) : $"Unsafe.Add(ref nextY, row * {layer.Split.Padded} + {unit})";
            var slots = slotStride == 0 ? "slots" : $"Unsafe.Add(ref slots, {row}{slotStride} + {unit})";
            writer.Line($"{cell}({sum}, ref {y}, ref {slots});");
        }

        static string At(string reference, int offset) => offset == 0 ? reference : $"Unsafe.Add(ref {reference}, {offset})";
    }

    private static string Row(int row) => row.ToString();
}
