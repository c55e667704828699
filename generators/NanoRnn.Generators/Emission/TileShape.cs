using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>Some lanes of a block, of one sequence or of several, that fill one register per sum.</summary>
/// <param name="Unit">The first unit, counted from the tile's first.</param>
/// <param name="Block">The first unit of the group's block, counted likewise.</param>
/// <param name="BlockLanes">Lanes of that block.</param>
/// <param name="Dialect">The register.</param>
internal sealed record LaneGroup(int Unit, int Block, int BlockLanes, Dialect Dialect)
{
    public int LaneInBlock => Unit - Block;

    /// <summary>Lanes of one sequence in a register.</summary>
    public int SequenceLanes => Dialect.RowLanes == 0 ? Dialect.Lanes : Dialect.RowLanes;
}

/// <summary>
/// Units whose sums are computed together, and how often the tile repeats: every <paramref name="UnitStep"/> units, and, where
/// it is smaller than a block, every <paramref name="LaneStep"/> lanes in it.
/// </summary>
internal sealed record TileShape(
    int FirstUnit, IReadOnlyList<LaneGroup> Groups, int Repeats, int UnitStep, int LaneRepeats, int LaneStep)
{
    /// <summary>Sequences in a register.</summary>
    public int RowsPerRegister => Groups[0].Dialect.Rows;

    /// <summary>The tile with several of its sequences in a register, where it is a block that would leave most of one empty.</summary>
    /// <param name="dialect">The register.</param>
    public TileShape OverRows(Dialect dialect) =>
        Groups.Count == 1 && Groups[0].BlockLanes == dialect.RowLanes
            ? this with { Groups = [Groups[0] with { Dialect = dialect }] }
            : this;

    /// <summary>Cuts a layer's units into tiles with at most <paramref name="maxGroups"/> groups each.</summary>
    public static IReadOnlyList<TileShape> Cover(BlockSplit split, Width width, int maxGroups)
    {
        var tiles = new List<TileShape>();
        var groupsPerBlock = BlockSplit.BlockLanes / width.Lanes;
        maxGroups = PowerOfTwoUpTo(maxGroups);
        if (split.FullBlocks > 0 && maxGroups < groupsPerBlock)
        {
            var step = maxGroups * width.Lanes;
            tiles.Add(new TileShape(
                0, LanesOf(0, 0, BlockSplit.BlockLanes, maxGroups, width), split.FullBlocks, BlockSplit.BlockLanes,
                groupsPerBlock / maxGroups, step));
        }

        var rest = new List<LaneGroup>();
        var restStart = split.TailStart;
        if (split.FullBlocks > 0 && maxGroups >= groupsPerBlock)
        {
            var blocksPerTile = maxGroups / groupsPerBlock;
            var repeats = split.FullBlocks / blocksPerTile;
            if (repeats > 0)
                tiles.Add(new TileShape(
                    0, Blocks(blocksPerTile), repeats, blocksPerTile * BlockSplit.BlockLanes, 1, 0));
            restStart = repeats * blocksPerTile * BlockSplit.BlockLanes;
            rest.AddRange(Blocks(split.FullBlocks % blocksPerTile));
        }

        var tail = split.TailLanes == 0 ? [] : Tail(split, width, split.TailStart - restStart);
        if (rest.Count > 0 && rest.Count + tail.Count > maxGroups)
        {
            tiles.Add(new TileShape(restStart, [.. rest], 1, 0, 1, 0));
            rest.Clear();
            restStart = split.TailStart;
            tail = tail.Count == 0 ? [] : Tail(split, width, 0);
        }

        // What does not fit at once is a loop over the lanes of the tail.

        if (tail.Count > maxGroups)
        {
            var lanes = tail[0].Dialect.Lanes * maxGroups;
            tiles.Add(new TileShape(split.TailStart, [.. tail.Take(maxGroups)], 1, 0, tail.Count / maxGroups, lanes));
            tail = [];
        }

        rest.AddRange(tail);
        if (rest.Count > 0)
            tiles.Add(new TileShape(restStart, rest, 1, 0, 1, 0));
        return tiles;

        List<LaneGroup> Blocks(int count) =>
        [
            .. Enumerable.Range(0, count).SelectMany(block => LanesOf(
                block * BlockSplit.BlockLanes, block * BlockSplit.BlockLanes, BlockSplit.BlockLanes, groupsPerBlock, width)),
        ];
    }

    private static IReadOnlyList<LaneGroup> Tail(BlockSplit split, Width width, int start)
    {
        var lanes = width.For(split.TailLanes).Lanes;
        return LanesOf(start, start, split.TailLanes, split.TailLanes / lanes, width);
    }

    private static IReadOnlyList<LaneGroup> LanesOf(int unit, int block, int blockLanes, int count, Width width)
    {
        var dialect = width.For(blockLanes);
        return [.. Enumerable.Range(0, count).Select(i => new LaneGroup(unit + i * dialect.Lanes, block, blockLanes, dialect))];
    }

    private static int PowerOfTwoUpTo(int value) => value >= 8 ? 8 : value >= 4 ? 4 : value >= 2 ? 2 : 1;
}
