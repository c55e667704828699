using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// The heart of a kernel: the affine sums of some units of some sequences, side by side in registers. Each sum starts at its
/// bias, runs over the inputs and then over the recurrent operand, whatever the tile.
/// </summary>
/// <param name="writer">Where it goes.</param>
/// <param name="layer">The layer.</param>
/// <param name="stage">What is summed.</param>
/// <param name="tile">The units.</param>
/// <param name="rows">The sequences, or registers where one has several of them.</param>
/// <param name="chains">
/// How many of a sum's partial sums run side by side. Where these are not all, the next ones follow in a pass of their own.
/// </param>
internal sealed class SumEmitter(SourceWriter writer, CellPlan layer, StagePlan stage, TileShape tile, int rows, int chains)
{
    private const int FoursLength = 4;

    /// <summary>Name of the sum of a map for one row and group.</summary>
    public string Sum(int map, int row, int group) => Name(map, row, group) + "Sum";

    /// <summary>Name of a partial sum. Every pass has the same, so that registers are for those in a loop and not for those that are done.</summary>
    private string Sum(int map, int row, int group, int chain) => Sum(map, row, group) + Suffix(chain % chains);

    /// <summary>Name of what a pass before the last has summed.</summary>
    private string Kept(int map, int row, int group, int pass) => Name(map, row, group) + "Kept" + Suffix(pass / chains);

    private string Name(int map, int row, int group) =>
        stage.Maps[map].Name + (rows > 1 || tile.Groups.Count > 1 ? (row * tile.Groups.Count + group).ToString() : "");

    private static string Suffix(int number) => number == 0 ? "" : number.ToString();

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
        ForEachPass(pass =>
        {
            ForEachSum(pass, (map, row, group, chain) => EmitStart(pass, map, row, group, chain));
            EmitFeed(pass, stage.Input, "x", input);
            EmitProducts(stage.Input, "x", unit, lane);
            EmitFeed(pass, stage.Recurrent, "u", operand);
            EmitProducts(stage.Recurrent, "u", unit, lane);
            EmitEnds(pass);
        });
    }

    /// <summary>Sums that are the input itself, and weights beside it.</summary>
    private void EmitInputs(string unit, string? lane, Func<int, string> input)
    {
        if (stage.Maps.Count > 1)
            EmitWeights(unit, lane);
        ForEachSum(pass: 0, (map, row, group, chain) =>
        {
            if (stage.Maps[map].IsInput)
                EmitInput(map, row, group);
            else
                EmitStart(pass: 0, map, row, group, chain);
        });

        void EmitInput(int map, int row, int group)
        {
            var offset = LayerEmitter.Offset(LayerEmitter.UnitTerms(unit, lane, tile.Groups[group].Unit));
            var dialect = tile.Groups[group].Dialect;

            // The caller's input has no padding behind a row.
            var load = layer.PredictionInput is null ? dialect.LoadUpTo(input(row), offset, layer.Inputs) : dialect.Load(input(row), offset);
            writer.Line($"var {Sum(map, row, group)} = {load};");
        }
    }

    /// <summary>The same, but that where the mode says so the input is what <see cref="EmitInput"/> made of it.</summary>
    public void EmitProjected(string unit, string? lane, Func<int, string> input, Func<int, string> operand)
    {
        EmitWeights(unit, lane);
        ForEachPass(pass =>
        {
            ForEachSum(pass, (map, row, group, chain) => EmitStart(
                pass, map, row, group, chain,
                StartsFromInput(map, chain) ? tile.Groups[group].Dialect.Load(input(0), ProjectedOffset(unit, lane, map, group, chain)) : null));
            using (writer.Block("if (!TMode.IsProjected)"))
                EmitFeed(pass, stage.Input, "x", input);
            EmitFeed(pass, stage.Recurrent, "u", operand);
            EmitEnds(pass);
        });
    }

    /// <summary>The partial sums over the inputs alone, stored for <see cref="EmitProjected"/>.</summary>
    /// <param name="unit">The tile's first unit, an expression.</param>
    /// <param name="lane">What is added to the lane inside a block, an expression, or null.</param>
    /// <param name="input">Name of the reference to a row's input.</param>
    /// <param name="target">A place in a row's sums.</param>
    public void EmitInput(string unit, string? lane, Func<int, string> input, Func<int, string, string> target)
    {
        EmitWeights(unit, lane);
        ForEachPass(pass =>
        {
            ForEachSum(pass, (map, row, group, chain) =>
            {
                if (StartsFromInput(map, chain))
                    EmitStart(pass, map, row, group, chain);
            });
            EmitFeed(pass, stage.Input, "x", input);
            ForEachSum(pass, (map, row, group, chain) =>
            {
                if (StartsFromInput(map, chain))
                    writer.Line(tile.Groups[group].Dialect.Store(
                        Sum(map, row, group, chain), target(row, ProjectedOffset(unit, lane, map, group, chain))));
            });
        });
    }

    /// <summary>Whether a partial sum is something else than zero before it comes to the recurrent operand.</summary>
    private bool StartsFromInput(int map, int chain) => chain == 0 || stage.Input.Feeds(map);

    private string ProjectedOffset(string unit, string? lane, int map, int group, int chain) => LayerEmitter.Offset(LayerEmitter.UnitTerms(
        unit, lane, tile.Groups[group].Unit + (chain * stage.Maps.Count + map) * layer.Split.RowLength));

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

    /// <summary>The bias, or zero, or where the mode says so what the text in <paramref name="projected"/> reads.</summary>
    private void EmitStart(int pass, int map, int row, int group, int chain, string? projected = null)
    {
        var dialect = tile.Groups[group].Dialect;
        var biases = Enumerable.Range(0, chain == 0 ? stage.Maps[map].BiasCount : 0)
            .Select(bias => dialect.LoadShared("w", Offset(tile.Groups[group], stage.BiasSlot(map, bias)).ToString()))
            .ToArray();
        var start = biases.Length == 0 ? dialect.Zero : row > 0 ? Sum(map, 0, group) : string.Join(" + ", biases);
        if (projected is not null)
            start = $"TMode.IsProjected ? {projected} : {start}";
        writer.Line($"{(pass == 0 ? "var " : "")}{Sum(map, row, group, chain)} = {start};");
    }

    /// <summary>Adds up the partial sums of a pass, and after the last those of all, in pairs.</summary>
    private void EmitEnds(int pass) => ForEachSum(pass, (map, row, group, chain) =>
    {
        if (chain > pass)
            return;
        var (all, end) = (stage.ChainsOf(map), pass + chains);
        var sum = AddUp([.. Enumerable.Range(pass, Math.Min(end, all) - pass).Select(other => Sum(map, row, group, other))]);
        if (end < all)
            writer.Line($"var {Kept(map, row, group, pass)} = {sum};");
        else if (pass > 0)
            writer.Line($"{Sum(map, row, group)} = {AddUp([.. Enumerable.Range(0, pass / chains).Select(done => Kept(map, row, group, done * chains)), Enclose(sum)])};");
        else if (all > 1)
            writer.Line($"{Sum(map, row, group)} = {sum};");
    });

    private static string AddUp(string[] sums) =>
        sums.Length == 4 ? $"{sums[0]} + {sums[1]} + ({sums[2]} + {sums[3]})" : string.Join(" + ", sums);

    private static string Enclose(string sum) => sum.Contains(' ') ? $"({sum})" : sum;

    private void EmitFeed(int pass, MapFeed feed, string prefix, Func<int, string> source)
    {
        if (feed.MapCount == 0 || feed.Rows <= pass || layer.Int8.Find(feed) is not null)
            return;
        using var scope = writer.Block();
        var firstGroups = tile.Groups.GroupBy(group => group.BlockLanes).Select(groups => groups.First()).ToArray();
        foreach (var first in firstGroups)
            writer.Line(
                $"ref var {Pointer(first)} = ref RefAt(ref w, {first.Block * layer.SlotsPerBlock + feed.Slot * first.BlockLanes});");
        var fours = LoadsFours(feed) ? prefix + "Fours" : null;
        var rowsPerTurn = fours is not null ? FoursLength : Math.Max(stage.Chains, feed.RowsPerSlot);
        var rowsInPass = chains == stage.Chains ? rowsPerTurn : chains;
        var turns = feed.Rows / rowsPerTurn;
        if (turns > 1)
            using (writer.Block($"for (nint k = 0; k < {turns * rowsPerTurn}; k{(rowsPerTurn == 1 ? "++" : $" += {rowsPerTurn}")})"))
            {
                if (fours is not null)
                    writer.Line($"var {fours} = {tile.Groups[0].Dialect.LoadFours(source(0), "k")};");
                for (var ahead = pass; ahead < pass + rowsInPass; ahead += feed.RowsPerSlot)
                    EmitMultiplications(feed, prefix, source, firstGroups, "k", ahead, feed.RowsPerSlot, fours: fours);
                foreach (var first in firstGroups)
                    writer.Line($"{Pointer(first)} = ref RefAt(ref {Pointer(first)}, {rowsPerTurn / feed.RowsPerSlot * feed.MapCount * first.BlockLanes});");
            }

        var looped = turns > 1 ? turns * rowsPerTurn : 0;
        for (var k = looped; k < feed.Rows; k += feed.RowsPerSlot)
            if (k % stage.Chains >= pass && k % stage.Chains < pass + chains)
                EmitMultiplications(feed, prefix, source, firstGroups, null, k, Math.Min(feed.RowsPerSlot, feed.Rows - k), looped);
    }

    /// <summary>
    /// Whether a turn loads four elements of the state at once, which it spreads in registers: where a step waits for loads from the first
    /// cache. A state does not move, as an input may. With four lanes it gains nothing, on ARM64 in the models of its cores.
    /// </summary>
    private bool LoadsFours(MapFeed feed) =>
        rows == 1 && layer.Alternates && layer.HasCachedBlocks && chains == stage.Chains
        && feed == stage.Recurrent && feed.RowsPerSlot == 1 && feed.Rows >= 2 * FoursLength
        && tile.Groups.All(group => group.Dialect == tile.Groups[0].Dialect) && tile.Groups[0].Dialect is { Lanes: > 4, RowLanes: 0 };

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
    /// <param name="fours">Name of the register that has the elements already, or null.</param>
    private void EmitMultiplications(
        MapFeed feed, string prefix, Func<int, string> source, LaneGroup[] firstGroups, string? turn, int first, int count, int looped = 0,
        string? fours = null)
    {
        var dialects = tile.Groups.Select(group => group.Dialect).Distinct().ToArray();
        for (var part = 0; part < count; part++)
            for (var row = 0; row < rows; row++)
                foreach (var dialect in dialects)
                {
                    var element = turn is null ? (first + part).ToString() : first + part == 0 ? turn : $"{turn} + {first + part}";
                    var scalars = Enumerable.Range(row * dialect.Rows, dialect.Rows)
                        .Select(sequence => element == "0" ? source(sequence) : $"RefAt(ref {source(sequence)}, {element})")
                        .ToArray();
                    writer.Line($"var {Factor(row, dialect, part)} = {(fours is null ? dialect.Spread(scalars) : dialect.Element(fours, first))};");
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
                        offset.ToString(),
                        [.. Enumerable.Range(0, rows).Select(row => Sum(feed.FirstMap + i, row, group, chain))]);
                }

        string Factor(int row, Dialect dialect, int part)
        {
            var suffix = turn is null ? "At" + (first + part) : first + part == 0 ? "" : "Plus" + (first + part);
            return prefix + row + suffix + (dialect == dialects[0] ? "" : "Of" + dialect.Lanes);
        }
    }

    /// <summary>One kernel row times an element of each row.</summary>
    private void EmitMultiplication(MapFeed feed, int part, LaneGroup lanes, string[] factors, string offset, string[] sums)
    {
        var (operation, weights) = ("MultiplyAdd", $"ref {Pointer(lanes)}, {offset}");
        var isWide = feed.Precision == PrecisionKind.Float32;
        if (!isWide || lanes.Dialect.Rows > 1)
        {
            weights = isWide
                ? lanes.Dialect.LoadShared(Pointer(lanes), offset)
                : lanes.Dialect.Repeat($"Load{feed.Precision}{(part == 0 ? "Even" : "Odd")}{lanes.SequenceLanes}({weights})");
            operation = rows == 1 ? "FusedMultiplyAdd" : "MultiplyAddLoaded";
        }

        writer.Line(rows == 1
            ? $"{sums[0]} = {operation}{lanes.Dialect.Lanes}({factors[0]}, {weights}, {sums[0]});"
            : $"{operation}{(rows == 2 ? "Pair" : "Rows")}{lanes.Dialect.Lanes}({string.Join(", ", factors)}, {weights}, {string.Join(", ", sums.Select(sum => "ref " + sum))});");
    }

    private static string Pointer(LaneGroup group) => "w" + group.BlockLanes;

    /// <summary>A pass for every so many partial sums as run side by side, named by the first.</summary>
    private void ForEachPass(Action<int> action)
    {
        for (var pass = 0; pass < stage.Chains; pass += chains)
            action(pass);
    }

    /// <summary>All partial sums of a pass: map, row, group and chain.</summary>
    private void ForEachSum(int pass, Action<int, int, int, int> action)
    {
        for (var row = 0; row < rows; row++)
            for (var group = 0; group < tile.Groups.Count; group++)
                for (var map = 0; map < stage.Maps.Count; map++)
                    for (var chain = pass; chain < Math.Min(pass + chains, stage.ChainsOf(map)); chain++)
                        action(map, row, group, chain);
    }
}
