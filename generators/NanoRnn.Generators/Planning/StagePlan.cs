using NanoRnn.Generators.Lowering;
using NanoRnn.Generators.Lowering.Expressions;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// The maps of a cell that can be summed together, because they wait for the same vectors, and where their weights lie in a
/// block. Maps fed by the input alone come first, then those fed by both, then those fed by the recurrent operand alone, so
/// that each operand's maps are neighbours; those that are nothing but a bias come last.
/// </summary>
internal sealed class StagePlan
{
    private const int MaxChains = 4;

    private readonly int[][] _biasSlots;

    public StagePlan(int index, IReadOnlyList<AffineMap> maps, int firstMap, int firstSlot, int inputs, int units, PrecisionKind precision)
    {
        Index = index;
        FirstMap = firstMap;
        Maps = [.. maps.OrderBy(map => map.UsesInput ? (map.Recurrent is null ? 0 : 1) : map.Recurrent is null ? 3 : 2)];
        Operand = maps.Select(map => map.Recurrent).FirstOrDefault(operand => operand is not null);
        Input = Feed(map => map.UsesInput, inputs);
        Recurrent = Feed(map => map.Recurrent is not null, units);

        // Each map's first bias, then the second ones, so that those of neighbouring maps are neighbours.
        var slot = firstSlot;
        _biasSlots = [.. Maps.Select(map => new int[map.BiasCount])];
        for (var bias = 0; bias < Maps.Max(map => map.BiasCount); bias++)
            foreach (var slots in _biasSlots)
                if (bias < slots.Length)
                    slots[bias] = slot++;

        Input = Input with { Slot = slot };
        Recurrent = Recurrent with { Slot = slot += Input.Slots };
        EndSlot = slot + Recurrent.Slots;

        MapFeed Feed(Func<AffineMap, bool> feeds, int rows)
        {
            var indices = Enumerable.Range(0, Maps.Count).Where(i => feeds(Maps[i])).ToArray();
            var isWide = precision == PrecisionKind.Int8 && (rows < Int8Plan.MinRows || indices.Length == 0);
            return new MapFeed(0, rows, indices.FirstOrDefault(), indices.Length, isWide ? PrecisionKind.Float32 : precision);
        }
    }

    public int Index { get; }

    /// <summary>The maps in the order of their slots.</summary>
    public IReadOnlyList<AffineMap> Maps { get; }

    /// <summary>Number of the first map among all maps of the layer.</summary>
    public int FirstMap { get; }

    /// <summary>The vector that the recurrent kernel multiplies, if any.</summary>
    public Expr? Operand { get; }

    public MapFeed Input { get; }

    public MapFeed Recurrent { get; }

    /// <summary>The slot behind the stage's last.</summary>
    public int EndSlot { get; }

    /// <summary>
    /// Partial sums that each sum is made of, 1, 2 or 4: row k of a feed goes to partial sum k mod <see cref="Chains"/>. It is
    /// more than one where too few sums run at the same time to keep a processor busy.
    /// </summary>
    public int Chains { get; private set; } = 1;

    /// <summary>Whether a step computes one block at a time, from the first to the last of its weights.</summary>
    public bool GoesBlockByBlock { get; private set; }

    /// <summary>How many of the partial sums a map has: no more than the longest of its feeds has rows, and one if it is but a bias.</summary>
    public int ChainsOf(int map) => Math.Max(1, Math.Min(Chains, Math.Max(Input.RowsOf(map), Recurrent.RowsOf(map))));

    public int BiasSlot(int map, int bias) => _biasSlots[map][bias];

    /// <summary>Sets <see cref="Chains"/>.</summary>
    /// <param name="allBlocks">Blocks of the layer.</param>
    /// <param name="blocks">Those of them that are computed at the same time.</param>
    /// <param name="wanted">Sums that have to run side by side so that a processor does not wait for its multiply-adds.</param>
    public void SplitSums(int allBlocks, int blocks, int wanted)
    {
        GoesBlockByBlock = blocks == 1 && allBlocks > 1;

        // Products with integers are whole sums already.
        if (Input.Precision == PrecisionKind.Int8 || Recurrent.Precision == PrecisionKind.Int8)
            return;
        var longest = Recurrent.MapCount > 0 && Recurrent.Rows >= Input.Rows ? Recurrent : Input;
        var sums = blocks * longest.MapCount;
        while (sums > 0 && Chains < MaxChains && (blocks == 1 ? Chains * sums < wanted : 2 * Chains * sums <= wanted) && 4 * Chains <= longest.Rows)
            Chains *= 2;
    }
}

/// <summary>Which maps of a stage an operand feeds, and where the kernel's rows lie.</summary>
/// <param name="Slot">Slot of row 0 of the first map.</param>
/// <param name="Rows">Length of the operand.</param>
/// <param name="FirstMap">The first of the maps, within the stage.</param>
/// <param name="MapCount">How many maps; 0 if the operand does not take part.</param>
/// <param name="Precision">How the kernel is stored.</param>
internal sealed record MapFeed(int Slot, int Rows, int FirstMap, int MapCount, PrecisionKind Precision)
{
    /// <summary>Kernel rows in a slot, of 32 bits per lane.</summary>
    public int RowsPerSlot => Precision.RowsPerSlot();

    /// <summary>Slots of all rows. What is left of the last ones is zero. A matrix of integers lies elsewhere.</summary>
    public int Slots => Precision == PrecisionKind.Int8 ? 0 : (Rows + RowsPerSlot - 1) / RowsPerSlot * MapCount;

    /// <summary>The slot of a row of a map.</summary>
    public int SlotOf(int row, int map) => Slot + row / RowsPerSlot * MapCount + map - FirstMap;

    public bool Feeds(int map) => map >= FirstMap && map < FirstMap + MapCount;

    /// <summary>The rows that feed a map.</summary>
    public int RowsOf(int map) => Feeds(map) ? Rows : 0;
}
