using NanoRnn.Generators.Parsing;
using NanoRnn.Generators.Planning;

namespace NanoRnn.Generators.Emission;

/// <summary>
/// A register width that kernels are written for, with its register plan. What it changes is only which sums are computed at
/// the same time, never the order in which one sum is computed.
/// </summary>
/// <param name="Name">Name of the nested class that holds the kernels.</param>
/// <param name="Condition">When the processor has it; the widest that it has is used.</param>
/// <param name="Dialect">How full registers are written.</param>
/// <param name="StepSums">Vector sums that run side by side for one sequence: enough to hide the latency of an fma.</param>
/// <param name="MaxStepSums">What of them fits the registers beside what widening weights of 16 bits takes.</param>
/// <param name="TileSums">Vector sums that fit the registers: what runs side by side for several sequences.</param>
/// <param name="TileRows">Sequences that one tile takes.</param>
/// <param name="NumbersInMemory">
/// Whether functions read their numbers where they need them, because kept in registers they would leave too few for what is computed.
/// </param>
internal sealed record Width(string Name, string? Condition, Dialect Dialect, int StepSums, int MaxStepSums, int TileSums, int TileRows, bool NumbersInMemory = false)
{
    private static readonly IReadOnlyList<Width> All =
    [
        new("Vector512Kernels", "Vector512.IsHardwareAccelerated", Dialect.Vector512, StepSums: 8, MaxStepSums: 16, TileSums: 16, TileRows: 4),
        new("Vector256Kernels", "Vector256.IsHardwareAccelerated", Dialect.Vector256, StepSums: 8, MaxStepSums: 8, TileSums: 8, TileRows: 2, NumbersInMemory: true),
        new("Vector128Kernels", "Vector128.IsHardwareAccelerated", Dialect.Vector128, StepSums: 8, MaxStepSums: 8, TileSums: 16, TileRows: 4),
        new("ScalarKernels", null, Dialect.Scalar, StepSums: 4, MaxStepSums: 4, TileSums: 4, TileRows: 1),
    ];

    public int Lanes => Dialect.Lanes;

    /// <summary>The widths that a model has kernels for, the widest first and plain floats last.</summary>
    public static IEnumerable<Width> Of(ModelPlan model) =>
        All.Where(width => width.Lanes == 1 || model.Widths.HasFlag((VectorWidths)(width.Lanes * 32)));

    /// <summary>The widest dialect for a block of so many lanes.</summary>
    public Dialect For(int blockLanes) =>
        blockLanes >= Lanes ? Dialect : blockLanes == 8 ? Dialect.Vector256 : Dialect.Vector128;

    /// <summary>The register that has a layer's small last block for several sequences side by side; null if there is none.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="rowStride">From a sequence's floats to the next one's behind a reference of some name, an expression.</param>
    public Dialect? ForRows(CellPlan layer, Func<string, string> rowStride) =>
        layer.IsRecurrent && layer.Split.TailLanes > 0 && layer.Split.TailLanes < Lanes
            ? Dialect.OverRows(layer.Split.TailLanes, rowStride)
            : null;

    /// <summary>All dialects that the blocks of a layer need.</summary>
    public IEnumerable<Dialect> DialectsFor(BlockSplit split)
    {
        if (split.FullBlocks > 0)
            yield return Dialect;
        if (split.TailLanes > 0 && (split.FullBlocks == 0 || For(split.TailLanes) != Dialect))
            yield return For(split.TailLanes);
    }
}
