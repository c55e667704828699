using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// The kernels of a layer that are matrices of 8-bit integers: the runtime multiplies each by its whole vector and leaves the products in
/// the layer's memory, from where the sums take them. Their columns have the order of the sums: block by block, map by map, lane by lane.
/// </summary>
internal sealed class Int8Plan
{
    /// <summary>
    /// Kernels with fewer rows are floats: integers would take the same bytes, since rows come in fours, and of so few inputs one may well be
    /// much smaller than the others.
    /// </summary>
    public const int MinRows = 4;

    private readonly List<Int8Matrix> _matrices = [];

    /// <param name="stages">The layer's stages.</param>
    /// <param name="split">Its units.</param>
    /// <param name="firstWeight">Where the matrices start among the layer's weights.</param>
    /// <param name="firstFloat">Where the layer's memory for products starts.</param>
    public Int8Plan(IReadOnlyList<StagePlan> stages, BlockSplit split, int firstWeight, int firstFloat)
    {
        EndWeight = firstWeight;
        var end = firstFloat;
        foreach (var feed in stages.SelectMany(stage => new[] { stage.Input, stage.Recurrent }))
        {
            if (feed.Precision != PrecisionKind.Int8)
                continue;
            var matrix = new Int8Matrix(feed, ModelPlan.RoundUp(feed.MapCount * split.Padded), EndWeight, end);
            _matrices.Add(matrix);
            EndWeight += matrix.WeightLength;
            end += matrix.Columns;
        }

        IntegersOffset = end;
        MemoryLength = end - firstFloat + _matrices.Select(matrix => matrix.IntegersLength).DefaultIfEmpty(0).Max();
    }

    /// <summary>Where the layer's weights end.</summary>
    public int EndWeight { get; }

    /// <summary>Where a vector's integers lie while it is multiplied.</summary>
    public int IntegersOffset { get; }

    /// <summary>Floats of memory for all products, and for the integers of one vector.</summary>
    public int MemoryLength { get; }

    /// <summary>The matrix of a feed; null if the feed has floats.</summary>
    public Int8Matrix? Find(MapFeed feed) => _matrices.FirstOrDefault(matrix => ReferenceEquals(matrix.Feed, feed));
}

/// <summary>A kernel as a matrix of 8-bit integers: scales, then bytes.</summary>
/// <param name="Feed">Whose kernel it is.</param>
/// <param name="Columns">Columns of all lanes of all maps, a multiple of 16.</param>
/// <param name="WeightOffset">Where it starts among the layer's weights.</param>
/// <param name="ProductOffset">Where its product starts in the layer's memory.</param>
internal sealed record Int8Matrix(MapFeed Feed, int Columns, int WeightOffset, int ProductOffset)
{
    private const int MaxBits = 14;

    private int Quads => (Feed.Rows + 3) / 4;

    /// <summary>Floats of the scales and of the bytes.</summary>
    public int WeightLength => Columns * (1 + Quads);

    /// <summary>Floats of a vector's integers.</summary>
    public int IntegersLength => ModelPlan.RoundUp(2 * Quads);

    /// <summary>Bits that a vector's integers have besides the sign: as many as leave the sums within 32 bits.</summary>
    public int Bits => Enumerable.Range(1, MaxBits).Last(bits => (127L << bits) * Feed.Rows <= int.MaxValue);
}
