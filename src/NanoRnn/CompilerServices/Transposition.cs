using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <summary>Copies a packed kernel to the transposed one that the backward pass reads.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Transposition
{
    private const int BlockLanes = 16;

    /// <summary>
    /// From blocks of [slot][lane] to a matrix with one row per map and unit and one column per kernel row. The matrix lies in
    /// groups of <see cref="MatrixProduct.GroupLanes"/> columns, one behind the other, but for the last columns if they are dot
    /// products: these follow one by one, each with its maps' units padded to whole blocks of 16 zeros.
    /// </summary>
    /// <param name="weights">The layer's first block.</param>
    /// <param name="transposed">The matrix; its padding columns become zero.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="slotsPerBlock">Slots of a block.</param>
    /// <param name="firstSlot">Slot of the kernel's row 0, first map.</param>
    /// <param name="rows">Rows of the kernel.</param>
    /// <param name="maps">Maps that the kernel feeds; a row has that many slots.</param>
    /// <param name="columns">Columns in groups; with dot columns at least <paramref name="rows"/>.</param>
    /// <param name="dotColumns">Columns behind them that are dot products.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        ref readonly float weights, ref float transposed, int units, int slotsPerBlock, int firstSlot, int rows, int maps, int columns,
        int dotColumns)
    {
        ref var target = ref transposed;
        for (var group = 0; group < columns; group += MatrixProduct.GroupLanes)
        {
            var width = int.Min(MatrixProduct.GroupLanes, columns - group);
            var filled = int.Clamp(rows - group, 0, width);
            for (var map = 0; map < maps; map++)
                for (var unit = 0; unit < units; unit++)
                {
                    var block = unit / BlockLanes * BlockLanes;
                    var lanes = LanesFrom(units - block);
                    nint step = maps * lanes;
                    ref var source = ref Unsafe.Add(
                        ref Unsafe.AsRef(in weights), (nint)block * slotsPerBlock + (firstSlot + map) * lanes + unit - block + group * step);
                    for (nint column = 0; column < filled; column++)
                        Unsafe.Add(ref target, column) = Unsafe.Add(ref source, column * step);
                    for (nint column = filled; column < width; column++)
                        Unsafe.Add(ref target, column) = 0;
                    target = ref Unsafe.Add(ref target, width);
                }
        }

        for (var column = columns; column < columns + dotColumns; column++)
            for (var map = 0; map < maps; map++)
                for (var block = 0; block < units; block += BlockLanes)
                {
                    var lanes = LanesFrom(units - block);
                    ref var source = ref Unsafe.Add(
                        ref Unsafe.AsRef(in weights), (nint)block * slotsPerBlock + (firstSlot + column * maps + map) * lanes);
                    for (nint lane = 0; lane < lanes; lane++)
                        Unsafe.Add(ref target, lane) = Unsafe.Add(ref source, lane);
                    for (nint lane = lanes; lane < BlockLanes; lane++)
                        Unsafe.Add(ref target, lane) = 0;
                    target = ref Unsafe.Add(ref target, BlockLanes);
                }
    }

    private static int LanesFrom(int units) => units <= 4 ? 4 : units <= 8 ? 8 : BlockLanes;
}
