using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The forward kernels of one layer at one width: one time step, for one sequence or for several. The mode, a type parameter,
/// says whether they record what the backward pass needs.
/// </summary>
internal sealed class LayerEmitter(SourceWriter writer, CellPlan layer, Width width)
{
    /// <summary>The state that the recurrent kernel multiplies, where training drops a part of it.</summary>
    private const string DroppedState = "dropped";

    private const string Constraint = "where TMode : struct, Nano::IPassMode";

    /// <summary>The cells that the kernels call for several sequences in a register.</summary>
    public IReadOnlyList<(StagePlan Stage, Dialect Dialect)> CellsOfRows { get; private set; } = [];

    public static string StepName(CellPlan layer) => layer.Kernels.Identifier + "Step";

    public static string RowsName(CellPlan layer) => layer.Kernels.Identifier + "Rows";

    public static string ProjectName(CellPlan layer) => layer.Kernels.Identifier + "Project";

    public const string ProjectParameters = "ref float weights, ref float x, nint xStride, ref float sums, nint rows";

    public static string StepParameters(CellPlan layer) =>
        "ref float weights, ref float x, " + References(layer) + (layer.Alternates ? ", nint turn" : "");

    public static string RowsParameters(CellPlan layer) =>
        "ref float weights, ref float x, nint xStride, " + References(layer) + ", nint rows";

    public void Emit()
    {
        writer.Line();
        writer.Summary($"{layer.Name}: one time step of one sequence.");
        EmitMethod(StepName(layer), StepParameters(layer), EmitStep);
        EmitAllRows();
        if (layer.Projects)
            EmitProject();
    }

    /// <remarks>Tiles are methods of their own: the JIT stops inlining in a method with too many of them.</remarks>
    private void EmitAllRows()
    {
        var tileRows = layer.UsesDotProducts || layer.HasIntegers ? 1 : layer.Stages.Min(TileRows);
        var tiles = tileRows == 1 ? [] : layer.Stages.SelectMany(stage => Tiles(stage, tileRows, width.TileSums), (stage, tile) => (stage, tile)).ToArray();
        if (width.ForRows(layer, reference => CellEmitter.ForwardStride(layer, reference)) is { } ofRows)
        {
            tiles = [.. tiles.Select(found => (found.stage, found.tile.OverRows(ofRows)))];
            CellsOfRows = [.. tiles.Where(found => found.tile.RowsPerRegister > 1).Select(found => (found.stage, ofRows))];
        }

        // What is left over is less than a tile of any kind takes.
        int RowsOf(TileShape tile) => Math.Max(tileRows, tile.RowsPerRegister);
        writer.Line();
        writer.Summary($"{layer.Name}: one time step of several sequences.");
        EmitMethod(RowsName(layer), RowsParameters(layer), () => EmitRows(tiles.Select(found => RowsOf(found.tile)).DefaultIfEmpty(1).Max(), tiles.Length));
        for (var i = 0; i < tiles.Length; i++)
        {
            var (stage, tile) = tiles[i];
            var rows = RowsOf(tile);
            writer.Line();
            writer.Summary($"{layer.Name}: one time step of some units, for {rows} sequences at a time.");
            EmitMethod(TileName(i), RowsParameters(layer), () => EmitLoops(
                tile, isAlternating: false, $"for (nint row = 0; row < rows; row += {rows})", (unit, lane) => EmitTile(stage, tile, rows, unit, lane)));
        }
    }

    private void EmitProject()
    {
        writer.Line();
        writer.Summary($"{layer.Name}: the sums over the inputs of several steps, for PredictingProjected to go on from.");
        writer.Line(PassesEmitter.Optimize);
        using (writer.Block($"public static void {ProjectName(layer)}({ProjectParameters})"))
        {
            var stage = layer.Stages[0];
            var tileRows = TileRows(stage);
            writer.Line($"nint tiled = {(tileRows > 1 ? $"rows - rows % {tileRows}" : "0")};");
            if (tileRows > 1)
                EmitProjection(stage, tileRows, width.TileSums, $"for (nint row = 0; row < tiled; row += {tileRows})");
            EmitProjection(stage, 1, StepSums(stage), "for (var row = tiled; row < rows; row++)");
        }
    }

    private void EmitProjection(StagePlan stage, int rows, int sums, string loop) =>
        EmitTiles(stage, rows, sums, isAlternating: false, loop, (tile, unit, lane) =>
        {
            for (var row = 0; row < rows; row++)
                writer.Line($"ref var xRow{row} = ref RefAtRow(ref x, {RowIndex(row)}, xStride, 0);");
            CreateSums(stage, tile, rows).EmitInput(
                unit, lane, row => "xRow" + row, (row, offset) => $"RefAtRow(ref sums, {RowIndex(row)}, {layer.SumsLength}, {offset})");
        });

    private string TileName(int tile) => $"{layer.Kernels.Identifier}Tile{tile}";

    private static string References(CellPlan layer, string type = "float ") =>
        string.Join(", ", CellEmitter.ForwardReferences(layer).Select(name => $"ref {type}{name}"))
        + (layer.DropsState ? $", ref {type}{DroppedState}" : "");

    private void EmitMethod(string name, string parameters, Action emit)
    {
        writer.Line(PassesEmitter.Optimize);
        writer.Line($"public static void {name}<TMode>(");
        writer.Line($"    {parameters})");
        using (writer.Block($"    {Constraint}"))
            emit();
    }

    private void EmitStep()
    {
        if (layer.UsesDotProducts)
            EmitDotProducts();
        else
            foreach (var stage in layer.Stages)
            {
                EmitProduct(stage.Input, "x");
                EmitProduct(stage.Recurrent, stage.Recurrent.MapCount > 0 ? Operand(stage, 0, 1) : "");
                EmitTiles(stage, 1, StepSums(stage), layer.Alternates, rowLoop: null, (tile, unit, lane) => EmitTile(stage, tile, 1, unit, lane));
            }
        if (layer.HasSoftmax)
            writer.Line($"{layer.Identifier}Softmax(ref nextY);");
    }

    private void EmitRows(int tileRows, int tiles)
    {
        writer.Line($"nint tiled = {(tileRows > 1 ? $"rows - rows % {tileRows}" : "0")};");
        if (tileRows > 1)
        {
            for (var i = 0; i < tiles; i++)
                writer.Line($"{TileName(i)}<TMode>(ref weights, ref x, xStride, {References(layer, type: "")}, tiled);");
            if (layer.HasSoftmax)
                using (writer.Block("for (nint row = 0; row < tiled; row++)"))
                    writer.Line($"{layer.Identifier}Softmax(ref RefAtRow(ref nextY, row, {layer.Split.RowLength}, 0));");
        }

        using (writer.Block("for (var row = tiled; row < rows; row++)"))
        {
            var references = CellEmitter.ForwardReferences(layer)
                .Select(name => $"ref RefAtRow(ref {name}, row, {CellEmitter.ForwardStride(layer, name)}, 0)");
            if (layer.DropsState)
                references = references.Append($"ref RefAtRow(ref {DroppedState}, row, {layer.Split.RowLength}, 0)");
            writer.Line($"{StepName(layer)}<TMode>(");
            writer.Line($"    ref weights, ref RefAtRow(ref x, row, xStride, 0), {string.Join(", ", references)}{(layer.Alternates ? ", row" : "")});");
        }
    }

    /// <summary>
    /// Vector sums of a tile of one row. Weights of 16 bits come fast enough for the latency of the multiply-adds to count, so what is
    /// counted then are the sums that run at the same time: a GRU's candidate has one over the inputs and one over the state. Its four tiles
    /// of 512 bits keep the former on the stack while the others run.
    /// </summary>
    private int StepSums(StagePlan stage)
    {
        if (!HasHalves)
            return width.StepSums;
        var running = Math.Max(stage.Input.MapCount, stage.Recurrent.MapCount) * stage.Chains;
        var all = stage.Maps.Count * stage.Chains;
        var groups = 1;
        while (groups * running < width.StepSums && 2 * groups * all <= width.MaxStepSums)
            groups *= 2;
        return groups * all;
    }

    /// <summary>
    /// The rows of a tile: the width's, or fewer where a row's sums fill the registers. Two, which share what is loaded, come before
    /// partial sums side by side.
    /// </summary>
    private int TileRows(StagePlan stage)
    {
        var rows = width.TileRows;
        while (rows > 1 && rows * stage.Maps.Count * (rows > 2 || HasHalves ? stage.Chains : 1) > width.TileSums)
            rows /= 2;
        return rows;
    }

    /// <summary>Whether a register of weights holds those of two kernel rows, which belong to two partial sums where there are several.</summary>
    private bool HasHalves => layer.Precision is PrecisionKind.BFloat16 or PrecisionKind.Float16;

    /// <summary>
    /// The groups of lanes of a tile. A stage that goes block by block has a whole one, if need be instead of all partial sums: a part of
    /// the lanes would be a part of every cache line.
    /// </summary>
    private int Groups(StagePlan stage, int rows, int sums)
    {
        var fitting = sums / (rows * stage.Maps.Count);
        return Math.Max(1, stage.GoesBlockByBlock && !HasHalves ? Math.Min(fitting, BlockSplit.BlockLanes / width.Lanes) : fitting / stage.Chains);
    }

    /// <summary>The sums of a tile, with as many partial sums side by side as fit the registers.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="rows">Its sequences, or registers where one has several of them.</param>
    private SumEmitter CreateSums(StagePlan stage, TileShape tile, int rows)
    {
        var fitting = width.TileSums / (rows * tile.Groups.Count * stage.Maps.Count);
        return new SumEmitter(writer, layer, stage, tile, rows, HasHalves || fitting >= stage.Chains ? stage.Chains : fitting >= 2 ? 2 : 1);
    }

    /// <summary>The product of one sequence's vector with a matrix of integers.</summary>
    private void EmitProduct(MapFeed feed, string vector)
    {
        if (layer.Int8.Find(feed) is { } matrix)
            writer.Line(
                $"Nano::Int8Product.Run(ref {At("weights", matrix.WeightOffset)}, inputs: {feed.Rows}, columns: {matrix.Columns}, bits: {matrix.Bits}, " +
                $"ref {vector}, ref {At("slots", layer.Int8.IntegersOffset)}, ref {At("slots", matrix.ProductOffset)});");
    }

    /// <summary>The loops over a stage's tiles.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="rows">Rows of a tile.</param>
    /// <param name="sums">Vector sums that may run side by side.</param>
    /// <param name="isAlternating">Whether odd turns go through the tiles backwards.</param>
    /// <param name="rowLoop">The loop over rows inside a tile's units, or null.</param>
    /// <param name="emit">Prints a tile, given its first unit and what is added to the lane inside a block, or null.</param>
    private void EmitTiles(
        StagePlan stage, int rows, int sums, bool isAlternating, string? rowLoop, Action<TileShape, string, string?> emit)
    {
        foreach (var tile in Tiles(stage, rows, sums))
            EmitLoops(tile, isAlternating, rowLoop, (unit, lane) => emit(tile, unit, lane));
    }

    private IReadOnlyList<TileShape> Tiles(StagePlan stage, int rows, int sums) =>
        TileShape.Cover(layer.Split, width, Groups(stage, rows, sums));

    private void EmitLoops(TileShape tile, bool isAlternating, string? rowLoop, Action<string, string?> emit)
    {
        using (isAlternating ? AlternatingLoop(tile) : writer.Loop("unit", tile.Repeats, tile.UnitStep))
        using (tile.LaneRepeats > 1 ? writer.Loop("lane", tile.LaneRepeats, tile.LaneStep) : (SourceWriter.Scope?)null)
        using (rowLoop is null ? (SourceWriter.Scope?)null : writer.Block(rowLoop))
            emit(tile.Repeats > 1 ? "unit" : tile.FirstUnit.ToString(), tile.LaneRepeats > 1 ? "lane" : null);
    }

    private SourceWriter.Scope AlternatingLoop(TileShape tile)
    {
        if (tile.Repeats == 1)
            return writer.Block();
        var last = (tile.Repeats - 1) * tile.UnitStep;
        return writer.Block(
            $"for (nint unit = (turn & 1) * {last}, end = {last} - unit, step = {tile.UnitStep} - (turn & 1) * {2 * tile.UnitStep}; "
            + "unit != end + step; unit += step)");
    }

    private void EmitTile(StagePlan stage, TileShape tile, int rows, string unit, string? lane)
    {
        EmitOperands(stage, rows);
        var registers = rows / tile.RowsPerRegister;
        var sums = CreateSums(stage, tile, registers);
        Action<string, string?, Func<int, string>, Func<int, string>> emit = rows == 1 && layer.Projects ? sums.EmitProjected : sums.Emit;
        emit(unit, lane, row => rows == 1 ? "x" : "xRow" + row, row => "operand" + row);
        for (var register = 0; register < registers; register++)
            for (var group = 0; group < tile.Groups.Count; group++)
            {
                var arguments = Enumerable.Range(0, stage.Maps.Count).Select(map => sums.Sum(map, register, group)).ToList();
                var row = RowIndex(register * tile.RowsPerRegister);
                foreach (var reference in CellEmitter.ForwardReferences(layer))
                {
                    var stride = CellEmitter.ForwardStride(layer, reference);
                    var offset = Offset(UnitTerms(unit, lane, tile.Groups[group].Unit));
                    arguments.Add(
                        rows > 1 ? $"ref RefAtRow(ref {reference}, {row}, {stride}, {offset})"
                        : offset == "0" ? $"ref {reference}"
                        : $"ref RefAt(ref {reference}, {offset})");
                }

                writer.Line($"{CellEmitter.MethodName(layer, stage, tile.Groups[group].Dialect)}<TMode>(");
                writer.Line($"    {string.Join(", ", arguments)});");
            }
    }

    /// <summary>References to what the sums of each row run over.</summary>
    private void EmitOperands(StagePlan stage, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            if (rows > 1 && (stage.Input.MapCount > 0 || stage.Maps[0].IsInput))
                writer.Line($"ref var xRow{row} = ref RefAtRow(ref x, {RowIndex(row)}, xStride, 0);");
            if (stage.Recurrent.MapCount > 0 && layer.Int8.Find(stage.Recurrent) is null)
                writer.Line($"ref var operand{row} = ref {Operand(stage, row, rows)};");
        }
    }

    /// <summary>The vector that the recurrent kernel multiplies.</summary>
    private string Operand(StagePlan stage, int row, int rows)
    {
        var state = layer.Cell.States.FirstOrDefault(candidate => candidate.Previous == stage.Operand);
        var source = state is null ? "slots" : layer.DropsState ? DroppedState : CellEmitter.Previous(state.Name);
        var stride = CellEmitter.ForwardStride(layer, source);
        var offset = state is not null ? "0" : ByMode(
            layer,
            layer.Record.Slots[stage.Operand!] * layer.Split.RowLength,
            layer.Carried.TakeWhile(value => value != stage.Operand).Count() * layer.Split.RowLength);
        return rows > 1 ? $"RefAtRow(ref {source}, {RowIndex(row)}, {stride}, {offset})"
            : offset == "0" ? source
            : $"RefAt(ref {source}, {offset})";
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

    internal static string Offset(IEnumerable<string> terms) => string.Join(" + ", terms.DefaultIfEmpty("0"));

    private void EmitDotProducts()
    {
        var dialect = width.For(layer.Split.TailLanes);
        var cell = CellEmitter.MethodName(layer, layer.Stages[0], dialect);
        var dots = Enumerable.Range(0, layer.Units)
            .Select(j => $"Nano::LaneReduction.Dot(ref {At("weights", j * layer.InputStride)}, ref x, {layer.Inputs})")
            .ToArray();
        var hasBias = layer.Maps[0].BiasCount > 0;
        if (dialect.Lanes == 1)
        {
            for (var j = 0; j < layer.Split.Padded; j++)
            {
                var bias = hasBias ? $" + {At("weights", layer.DotBiasOffset + j)}" : "";
                writer.Line($"{cell}<TMode>({(j < layer.Units ? dots[j] + bias : "0f")}, ref {At("nextY", j)}, ref {At("slots", j)});");
            }

            return;
        }

        writer.Line($"var dots = Vector128.Create({string.Join(", ", dots.Concat(Enumerable.Repeat("0f", dialect.Lanes - dots.Length)))});");
        var sum = hasBias ? $"dots + {dialect.Load("weights", layer.DotBiasOffset.ToString())}" : "dots";
        writer.Line($"{cell}<TMode>({sum}, ref nextY, ref slots);");
    }

    private static string RowIndex(int row) => row == 0 ? "row" : $"(row + {row})";

    /// <summary>A number that may depend on the mode, an expression.</summary>
    public static string ByMode(CellPlan layer, int recording, int predicting) =>
        !layer.IsTrainable || recording == predicting ? predicting.ToString() : $"(TMode.Records ? {recording} : {predicting})";
}
