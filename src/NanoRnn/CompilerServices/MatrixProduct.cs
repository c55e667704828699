using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>
/// How the operands of a <see cref="MatrixProduct"/> lie in memory, in floats: c[row][panel] (+)= Σᵢ a[row][i] · b[i][panel],
/// where a panel is 16, 8 or 4 neighbouring lanes.
/// </summary>
/// <param name="ARow">From one row of a to the next.</param>
/// <param name="AStep">From one term to the next in a.</param>
/// <param name="BStep">From one term to the next in b.</param>
/// <param name="BPanel">From one panel of b to the next.</param>
/// <param name="CRow">From one row of c to the next.</param>
/// <param name="CPanel">From one panel of c to the next.</param>
/// <param name="Terms">Terms of each sum.</param>
/// <param name="Accumulates">Whether the sums are added to c instead of replacing it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ProductShape(
    nint ARow, nint AStep, nint BStep, nint BPanel, nint CRow, nint CPanel, nint Terms, bool Accumulates);

/// <summary>
/// Matrix products without activations: the backward pass through transposed kernels, and weight gradients. Lanes hold different
/// sums, so every width computes the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MatrixProduct
{
    /// <summary>Lanes whose sums a tile holds at a time: the width of a group of columns of a transposed kernel.</summary>
    internal const int GroupLanes = 64;

    private const int BlockLanes = 16;

    /// <summary>Rows of a tile of fewer registers than <see cref="ILanes{TVector}.TilePanels"/>, on every processor.</summary>
    private const int NarrowTileRows = 4;

    /// <summary>Panels of a tile of one or two rows, on every processor.</summary>
    private const int WideTilePanels = 4;

    /// <summary>Terms at a time: a group's part of the kernel then stays in the first-level cache for all rows.</summary>
    private const int TermsPerPart = 128;

    /// <summary>target[row] = Σⱼ a[row][j] · kernel[j]</summary>
    /// <param name="a">Rows of factors.</param>
    /// <param name="aRow">From one row of factors to the next.</param>
    /// <param name="kernel">One row of <paramref name="lanes"/> floats per factor.</param>
    /// <param name="target">Rows of <paramref name="lanes"/> floats.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="lanes">Length of a row: 4, 8 or a multiple of 16.</param>
    /// <param name="factors">Factors per row.</param>
    /// <param name="accumulates">Whether to add to the target.</param>
    public static void Rows(ref float a, nint aRow, ref float kernel, ref float target, nint rows, int lanes, int factors, bool accumulates = false)
    {
        var shape = new ProductShape(aRow, 1, lanes, BlockLanes, lanes, BlockLanes, factors, accumulates);
        Panels(shape, ref a, ref kernel, ref target, rows, int.Max(lanes / BlockLanes, 1), int.Min(lanes, BlockLanes));
    }

    /// <summary>
    /// target[row] (+)= Σ over maps and units of a[row][map][unit] · kernel[map][unit], summed in parts of at most 128 units of one
    /// map, or of all maps where they have no padding. Columns that are dot products have 16 partial sums instead.
    /// </summary>
    /// <param name="a">Rows of factors.</param>
    /// <param name="aRow">From one row of factors to the next.</param>
    /// <param name="aMap">From one map's factors to the next's.</param>
    /// <param name="kernel">A kernel transposed by <see cref="Transposition"/>.</param>
    /// <param name="target">Rows of <paramref name="lanes"/> floats.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="lanes">From one row of the target to the next.</param>
    /// <param name="columns">Columns that lie in groups: 4, 8 or a multiple of 16.</param>
    /// <param name="dotColumns">Columns behind them that are dot products, up to 4; what is left of 4 lanes becomes zero.</param>
    /// <param name="units">Factors per map.</param>
    /// <param name="maps">Maps.</param>
    /// <param name="accumulates">Whether to add to the target.</param>
    public static void RowsThroughMaps(
        ref float a, nint aRow, int aMap, ref float kernel, ref float target, nint rows, int lanes, int columns, int dotColumns, int units,
        int maps, bool accumulates)
    {
        if (units == aMap)
            (units, maps, aMap) = (units * maps, 1, units * maps);
        for (var group = 0; group < columns; group += GroupLanes)
        {
            var width = int.Min(GroupLanes, columns - group);
            var adds = accumulates;
            for (var map = 0; map < maps; map++)
                for (var first = 0; first < units; first += TermsPerPart)
                {
                    var terms = int.Min(TermsPerPart, units - first);
                    var shape = new ProductShape(aRow, 1, width, BlockLanes, lanes, BlockLanes, terms, adds);
                    Panels(
                        shape,
                        ref Unsafe.Add(ref a, map * aMap + first),
                        ref kernel,
                        ref Unsafe.Add(ref target, group),
                        rows,
                        int.Max(width / BlockLanes, 1),
                        int.Min(width, BlockLanes));
                    kernel = ref Unsafe.Add(ref kernel, terms * width);
                    adds = true;
                }
        }

        if (dotColumns > 0)
        {
            var shape = new DotShape(aRow, aMap, lanes, units, maps, dotColumns, accumulates);
            DotColumns.Run(shape, ref a, ref kernel, ref Unsafe.Add(ref target, columns), rows);
        }
    }

    /// <summary>The product for <paramref name="panels"/> panels of so many lanes.</summary>
    public static void Panels(in ProductShape shape, ref float a, ref float b, ref float c, nint rows, int panels, int lanes)
    {
        if (lanes == BlockLanes && Vector512.IsHardwareAccelerated)
            Run<Lanes16, Vector512<float>>(shape, ref a, ref b, ref c, rows, panels, lanes);
        else if (lanes >= Lanes8.Count && Vector256.IsHardwareAccelerated)
            Run<Lanes8, Vector256<float>>(shape, ref a, ref b, ref c, rows, panels, lanes);
        else if (Vector128.IsHardwareAccelerated)
            Run<Lanes4, Vector128<float>>(shape, ref a, ref b, ref c, rows, panels, lanes);
        else
            Run<Lanes1, float>(shape, ref a, ref b, ref c, rows, panels, lanes);
    }

    private static void Run<TLanes, TVector>(
        in ProductShape shape, ref float a, ref float b, ref float c, nint rows, int panels, int lanes)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (lanes == TLanes.Count || shape.BPanel != lanes || shape.CPanel != lanes)
        {
            RunPanels<TLanes, TVector>(shape, ref a, ref b, ref c, rows, panels, lanes);
            return;
        }

        // Lanes side by side: a register each is a panel, so that a tile has as many as it may.
        var registers = shape with { BPanel = TLanes.Count, CPanel = TLanes.Count };
        RunPanels<TLanes, TVector>(registers, ref a, ref b, ref c, rows, panels * (lanes / TLanes.Count), TLanes.Count);
    }

    // It runs during start-up too, before the tiered compiler would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPanels<TLanes, TVector>(
        in ProductShape shape, ref float a, ref float b, ref float c, nint rows, int panels, int lanes)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Few rows have few chains: more panels then.
        var tilePanels = rows <= 2 ? WideTilePanels : TLanes.TilePanels;
        for (var panel = 0; panel < panels; panel += tilePanels)
            for (var lane = 0; lane < lanes; lane += TLanes.Count)
            {
                ref var bTile = ref Unsafe.Add(ref b, panel * shape.BPanel + lane);
                ref var cTile = ref Unsafe.Add(ref c, panel * shape.CPanel + lane);
                var width = int.Min(panels - panel, tilePanels);
                var maxRows = width == TLanes.TilePanels ? TLanes.TileRows : NarrowTileRows;
                nint row = 0;
                while (row < rows)
                {
                    var left = rows - row;
                    var tileRows = left >= maxRows ? maxRows : left >= NarrowTileRows && maxRows > NarrowTileRows ? NarrowTileRows : left >= 2 ? 2 : 1;
                    Tile<TLanes, TVector>(
                        shape,
                        ref Unsafe.Add(ref a, row * shape.ARow),
                        ref bTile,
                        ref Unsafe.Add(ref cTile, row * shape.CRow),
                        tileRows,
                        width);
                    row += tileRows;
                }
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TLanes, TVector>(in ProductShape shape, ref float a, ref float b, ref float c, int rows, int panels)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        switch (rows, panels)
        {
            case (6, _):
                ProductTile<TLanes, TVector>.Run6x2(shape, ref a, ref b, ref c);
                break;
            case (4, 4):
                ProductTile<TLanes, TVector>.Run4x4(shape, ref a, ref b, ref c);
                break;
            case (4, 3):
                ProductTile<TLanes, TVector>.Run4x3(shape, ref a, ref b, ref c);
                break;
            case (4, 2):
                ProductTile<TLanes, TVector>.Run4x2(shape, ref a, ref b, ref c);
                break;
            case (4, _):
                ProductTile<TLanes, TVector>.Run4x1(shape, ref a, ref b, ref c);
                break;
            case (2, 4):
                ProductTile<TLanes, TVector>.Run2x4(shape, ref a, ref b, ref c);
                break;
            case (2, 3):
                ProductTile<TLanes, TVector>.Run2x3(shape, ref a, ref b, ref c);
                break;
            case (2, 2):
                ProductTile<TLanes, TVector>.Run2x2(shape, ref a, ref b, ref c);
                break;
            case (2, _):
                ProductTile<TLanes, TVector>.Run2x1(shape, ref a, ref b, ref c);
                break;
            case (_, 4):
                ProductTile<TLanes, TVector>.Run1x4(shape, ref a, ref b, ref c);
                break;
            case (_, 3):
                ProductTile<TLanes, TVector>.Run1x3(shape, ref a, ref b, ref c);
                break;
            case (_, 2):
                ProductTile<TLanes, TVector>.Run1x2(shape, ref a, ref b, ref c);
                break;
            default:
                ProductTile<TLanes, TVector>.Run1x1(shape, ref a, ref b, ref c);
                break;
        }
    }
}
