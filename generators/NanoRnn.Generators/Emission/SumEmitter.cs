using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The heart of a kernel: the affine sums of some units of some sequences, side by side in registers. Each sum starts at its
/// bias, runs over the inputs and then over the recurrent operand, whatever the tile.
/// </summary>
internal sealed class SumEmitter(SourceWriter writer, CellPlan layer, StagePlan stage, TileShape tile, int rows)
{
    /// <summary>Name of the sum of a map for one row and group, or of one of its partial sums.</summary>
    public string Sum(int map, int row, int group, int chain = 0) =>
        stage.Maps[map].Name
        + (rows > 1 || tile.Groups.Count > 1 ? (row * tile.Groups.Count + group).ToString() : "")
        + "Sum" + (chain == 0 ? "" : chain.ToString());

    /// <param name="unit">The tile's first unit, an expression.</param>
    /// <param name="lane">What is added to the lane inside a block, an expression, or null.</param>
    /// <param name="input">Name of the reference to a row's input.</param>
    /// <param name="operand">Name of the reference to a row's recurrent operand.</param>
    public void Emit(string unit, string? lane, Func<int, string> input, Func<int, string> operand)
    {
        if (stage.Maps[0].IsInput)
        {
            EmitInputs(unit, lane, input);
            return;
        }

        EmitWeights(unit, lane);
        EmitStarts(null);
        EmitFeed(stage.Input, "x", input);
        EmitProducts(stage.Input, "x", unit, lane);
        EmitFeed(stage.Recurrent, "u", operand);
        EmitProducts(stage.Recurrent, "u", unit, lane);
        EmitChainEnds();
    }

    /// <summary>Sums that are the input itself.</summary>
    private void EmitInputs(string unit, string? lane, Func<int, string> input) => ForEachSum((map, row, group) =>
    {
        var offset = LayerEmitter.Offset(LayerEmitter.UnitTerms(unit, lane, tile.Groups[group].Unit));
        var dialect = tile.Groups[group].Dialect;

        // The caller's input has no padding behind a row.
        var load = layer.PredictionInput is null ? dialect.LoadUpTo(input(row), offset, layer.Inputs) : dialect.Load(input(row), offset);
        writer.Line($"var {Sum(map, row, group)} = {load};");
    });

    /// <summary>The same, but that where the mode says so the input is what <see cref="EmitInput"/> made of it.</summary>
    public void EmitProjected(string unit, string? lane, Func<int, string> input, Func<int, string> operand)
    {
        EmitWeights(unit, lane);
        EmitStarts((map, group) => tile.Groups[group].Dialect.Load(
            input(0), LayerEmitter.Offset(LayerEmitter.UnitTerms(unit, lane, tile.Groups[group].Unit + map * layer.Split.RowLength))));
        using (writer.Block("if (!TMode.IsProjected)"))
            EmitFeed(stage.Input, "x", input);
        EmitFeed(stage.Recurrent, "u", operand);
    }

    /// <summary>The sums over the inputs alone.</summary>
    public void EmitInput(string unit, string? lane, Func<int, string> input)
    {
        EmitWeights(unit, lane);
        EmitStarts(null);
        EmitFeed(stage.Input, "x", input);
    }

    /// <summary>unit · factor, folded where unit is a number.</summary>
    public static string Product(string unit, int factor) =>
        int.TryParse(unit, out var number) ? (number * factor).ToString() : factor == 1 ? unit : $"{unit} * {factor}";

    private int Offset(LaneGroup group, int slot) =>
        group.Block * layer.SlotsPerBlock + slot * group.BlockLanes + group.LaneInBlock;

    private void EmitWeights(string unit, string? lane)
    {
        var start = Product(unit, layer.SlotsPerBlock);
        writer.Line(start == "0" && lane is null
            ? "ref var w = ref weights;"
            : $"ref var w = ref RefAt(ref weights, {start}{(lane is null ? "" : " + " + lane)});");
    }

    /// <param name="projected">The text that reads a sum over the inputs, for a map and a group, or null.</param>
    private void EmitStarts(Func<int, int, string>? projected)
    {
        ForEachSum((map, row, group) =>
        {
            var dialect = tile.Groups[group].Dialect;
            var biases = Enumerable.Range(0, stage.Maps[map].BiasCount)
                .Select(bias => dialect.Load("w", Offset(tile.Groups[group], stage.BiasSlot(map, bias)).ToString()))
                .ToArray();
            var start = row > 0 ? Sum(map, 0, group) : biases.Length == 0 ? dialect.Zero : string.Join(" + ", biases);
            if (projected is not null)
                start = $"TMode.IsProjected ? {projected(map, group)} : {start}";
            writer.Line($"var {Sum(map, row, group)} = {start};");
            for (var chain = 1; chain < stage.ChainsOf(map); chain++)
                writer.Line($"var {Sum(map, row, group, chain)} = {dialect.Zero};");
        });
    }

    /// <summary>Adds up the partial sums, in pairs.</summary>
    private void EmitChainEnds() => ForEachSum((map, row, group) =>
    {
        var chains = stage.ChainsOf(map);
        if (chains > 1)
            writer.Line(
                $"{Sum(map, row, group)} = {Sum(map, row, group)} + {Sum(map, row, group, 1)}"
                + (chains == 2 ? ";"
                    : chains == 3 ? $" + {Sum(map, row, group, 2)};"
                    : $" + ({Sum(map, row, group, 2)} + {Sum(map, row, group, 3)});"));
    });

    private void EmitFeed(MapFeed feed, string prefix, Func<int, string> source)
    {
        if (feed.MapCount == 0 || layer.Int8.Find(feed) is not null)
            return;
        using var scope = writer.Block();
        var firstGroups = tile.Groups.GroupBy(group => group.BlockLanes).Select(groups => groups.First()).ToArray();
        foreach (var first in firstGroups)
            writer.Line(
                $"ref var {Pointer(first)} = ref RefAt(ref w, {first.Block * layer.SlotsPerBlock + feed.Slot * first.BlockLanes});");
        var rowsPerTurn = Math.Max(stage.Chains, feed.RowsPerSlot);
        var turns = feed.Rows / rowsPerTurn;
        if (turns > 1)
            using (writer.Block($"for (nint k = 0; k < {turns * rowsPerTurn}; k{(rowsPerTurn == 1 ? "++" : $" += {rowsPerTurn}")})"))
            {
                for (var ahead = 0; ahead < rowsPerTurn; ahead += feed.RowsPerSlot)
                    EmitMultiplications(feed, prefix, source, firstGroups, "k", ahead, feed.RowsPerSlot);
                foreach (var first in firstGroups)
                    writer.Line($"{Pointer(first)} = ref RefAt(ref {Pointer(first)}, {rowsPerTurn / feed.RowsPerSlot * feed.MapCount * first.BlockLanes});");
            }

        var looped = turns > 1 ? turns * rowsPerTurn : 0;
        for (var k = looped; k < feed.Rows; k += feed.RowsPerSlot)
            EmitMultiplications(feed, prefix, source, firstGroups, null, k, Math.Min(feed.RowsPerSlot, feed.Rows - k), looped);
    }

    /// <summary>Adds what the runtime has left of a product with a matrix of integers.</summary>
    private void EmitProducts(MapFeed feed, string prefix, string unit, string? lane)
    {
        if (layer.Int8.Find(feed) is not { } matrix)
            return;
        var products = prefix + "Products";
        var start = LayerEmitter.Offset(LayerEmitter.UnitTerms(Product(unit, feed.MapCount), lane, matrix.ProductOffset));
        writer.Line($"ref var {products} = ref RefAt(ref slots, {start});");
        for (var i = 0; i < feed.MapCount; i++)
            for (var group = 0; group < tile.Groups.Count; group++)
            {
                var lanes = tile.Groups[group];
                var offset = lanes.Block * feed.MapCount + i * lanes.BlockLanes + lanes.LaneInBlock;
                var sum = Sum(feed.FirstMap + i, 0, group);
                writer.Line($"{sum} = {sum} + {lanes.Dialect.Load(products, offset.ToString())};");
            }
    }

    /// <summary>The multiplications by the kernel rows that share a slot.</summary>
    /// <param name="feed">What the sums run over.</param>
    /// <param name="prefix">Start of the names of the elements.</param>
    /// <param name="source">Name of the reference to a row's elements.</param>
    /// <param name="firstGroups">The groups that have a pointer to their weights.</param>
    /// <param name="turn">In the loop, the number of the turn's first element, an expression; else null.</param>
    /// <param name="first">The first kernel row, counted from there.</param>
    /// <param name="count">How many of the slot's rows there are.</param>
    /// <param name="looped">The kernel row at which the pointers are; 0 in the loop.</param>
    private void EmitMultiplications(
        MapFeed feed, string prefix, Func<int, string> source, LaneGroup[] firstGroups, string? turn, int first, int count, int looped = 0)
    {
        var dialects = tile.Groups.Select(group => group.Dialect).Distinct().ToArray();
        for (var part = 0; part < count; part++)
            for (var row = 0; row < rows; row++)
                foreach (var dialect in dialects)
                {
                    var element = turn is null ? (first + part).ToString() : first + part == 0 ? turn : $"{turn} + {first + part}";
                    var scalar = element == "0" ? source(row) : $"RefAt(ref {source(row)}, {element})";
                    writer.Line($"var {Factor(row, dialect, part)} = {dialect.Broadcast(scalar)};");
                }

        // A map's groups after each other: their weights are neighbours, which ARM64 loads in pairs. A slot's rows after each other: it is
        // loaded once.
        for (var i = 0; i < feed.MapCount; i++)
            for (var group = 0; group < tile.Groups.Count; group++)
                for (var part = 0; part < count; part++)
                {
                    var lanes = tile.Groups[group];
                    var pointed = firstGroups.First(candidate => candidate.BlockLanes == lanes.BlockLanes);
                    var offset = (lanes.Block - pointed.Block) * layer.SlotsPerBlock
                        + ((first - looped) / feed.RowsPerSlot * feed.MapCount + i) * lanes.BlockLanes + lanes.LaneInBlock;
                    var chain = (first + part) % stage.Chains;
                    EmitMultiplication(
                        feed,
                        part,
                        lanes,
                        [.. Enumerable.Range(0, rows).Select(row => Factor(row, lanes.Dialect, part))],
                        $"ref {Pointer(lanes)}, {offset}",
                        [.. Enumerable.Range(0, rows).Select(row => Sum(feed.FirstMap + i, row, group, chain))]);
                }

        string Factor(int row, Dialect dialect, int part)
        {
            var suffix = turn is null ? "At" + (first + part) : first + part == 0 ? "" : "Plus" + (first + part);
            return prefix + row + suffix + (dialect == dialects[0] ? "" : "Of" + dialect.Lanes);
        }
    }

    /// <summary>One kernel row times an element of each row.</summary>
    private void EmitMultiplication(MapFeed feed, int part, LaneGroup lanes, string[] factors, string weights, string[] sums)
    {
        var operation = "MultiplyAdd";
        if (feed.Precision != PrecisionKind.Float32)
        {
            weights = $"Load{feed.Precision}{(part == 0 ? "Even" : "Odd")}{lanes.Dialect.Lanes}({weights})";
            operation = rows == 1 ? "FusedMultiplyAdd" : "MultiplyAddLoaded";
        }

        writer.Line(rows == 1
            ? $"{sums[0]} = {operation}{lanes.Dialect.Lanes}({factors[0]}, {weights}, {sums[0]});"
            : $"{operation}{(rows == 2 ? "Pair" : "Rows")}{lanes.Dialect.Lanes}({string.Join(", ", factors)}, {weights}, {string.Join(", ", sums.Select(sum => "ref " + sum))});");
    }

    private static string Pointer(LaneGroup group) => "w" + group.BlockLanes;

    private void ForEachSum(Action<int, int, int> action)
    {
        for (var row = 0; row < rows; row++)
            for (var group = 0; group < tile.Groups.Count; group++)
                for (var map = 0; map < stage.Maps.Count; map++)
                    action(map, row, group);
    }
}
