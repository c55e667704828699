namespace NanoRnn.Generators.Planning;

/// <summary>
/// How a kernel lies transposed for the backward pass, one column for each of its rows: in panels of lanes, but for a few last columns
/// that would fill little of a panel. These are dot products, each of a row of the kernel as it is.
/// </summary>
/// <param name="Offset">Where it starts.</param>
/// <param name="Columns">Columns in panels, with padding.</param>
/// <param name="DotColumns">Columns behind them that are dot products.</param>
/// <param name="Length">Floats of all.</param>
internal sealed record TransposedPlan(long Offset, int Columns, int DotColumns, long Length)
{
    /// <summary>With more columns the sums across lanes cost what they save.</summary>
    private const int MaxDotColumns = 4;

    /// <summary>Fewer factors are not worth a sum across lanes.</summary>
    private const int MinDotFactors = 64;

    /// <param name="offset">Where it starts.</param>
    /// <param name="split">The units that the kernel feeds.</param>
    /// <param name="maps">Maps that it feeds.</param>
    /// <param name="rows">Its rows.</param>
    public static TransposedPlan Create(long offset, BlockSplit split, int maps, int rows)
    {
        var columns = new BlockSplit(rows);
        var factors = (long)maps * split.Units;
        var rest = rows - columns.TailStart;
        var hasDots = columns.FullBlocks > 0 && rest is > 0 and <= MaxDotColumns && split.FullBlocks > 0 && factors >= MinDotFactors;
        return hasDots
            ? new TransposedPlan(offset, columns.TailStart, rest, factors * columns.TailStart + rest * (long)maps * split.RowLength)
            : new TransposedPlan(offset, columns.RowLength, 0, factors * columns.RowLength);
    }
}
