using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <summary>Copies a packed kernel to the transposed one that the backward pass reads.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Transposition
{
    private const int BlockLanes = 16;

    /// <summary>
    /// From blocks of [slot][lane] to a matrix with one row per map and padded unit and one column per kernel row.
    /// </summary>
    /// <param name="weights">The layer's first block.</param>
    /// <param name="transposed">The matrix; its padding rows and columns become zero.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="slotsPerBlock">Slots of a block.</param>
    /// <param name="firstSlot">Slot of the kernel's row 0, first map.</param>
    /// <param name="rows">Rows of the kernel.</param>
    /// <param name="maps">Maps that the kernel feeds; a row has that many slots.</param>
    /// <param name="columns">Columns of the matrix, at least <paramref name="rows"/>.</param>
    public static void Run(
        ref readonly float weights, ref float transposed, int units, int slotsPerBlock, int firstSlot, int rows, int maps, int columns)
    {
        var padded = (units - 1) / BlockLanes * BlockLanes;
        padded += LanesFrom(units - padded);
        for (var map = 0; map < maps; map++)
            for (var start = 0; start < units; start += BlockLanes)
            {
                var lanes = LanesFrom(units - start);
                ref readonly var block = ref Unsafe.Add(
                    ref Unsafe.AsRef(in weights), start * slotsPerBlock + (firstSlot + map) * lanes);
                for (var lane = 0; lane < lanes; lane++)
                {
                    ref var target = ref Unsafe.Add(ref transposed, (nint)(map * padded + start + lane) * columns);
                    for (var row = 0; row < rows; row++)
                        Unsafe.Add(ref target, row) = Unsafe.Add(ref Unsafe.AsRef(in block), row * maps * lanes + lane);
                    for (var row = rows; row < columns; row++)
                        Unsafe.Add(ref target, row) = 0;
                }
            }
    }

    private static int LanesFrom(int units) => units <= 4 ? 4 : units <= 8 ? 8 : BlockLanes;
}
