using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

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
                for (var block = 0; block < units; block += BlockLanes)
                {
                    var lanes = LanesFrom(units - block);
                    ref var source = ref Unsafe.Add(
                        ref Unsafe.AsRef(in weights), (nint)block * slotsPerBlock + (firstSlot + map + group * maps) * lanes);
                    var count = int.Min(lanes, units - block);
                    RunBlock(ref source, maps * lanes, filled, ref target, width, count);
                    target = ref Unsafe.Add(ref target, count * width);
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

    /// <summary>From rows of a kernel to rows of some units, zero behind the last row of the kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunBlock(ref float source, nint step, int rows, ref float target, nint width, int units)
    {
        for (nint unit = 0; unit < units; unit += 4)
            for (nint column = 0; column < width; column += 4)
            {
                ref var from = ref Unsafe.Add(ref source, column * step + unit);
                var (a, b, c, d) = Transpose(
                    column < rows ? Vector128.LoadUnsafe(ref from) : Vector128<float>.Zero,
                    column + 1 < rows ? Vector128.LoadUnsafe(ref Unsafe.Add(ref from, step)) : Vector128<float>.Zero,
                    column + 2 < rows ? Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 2 * step)) : Vector128<float>.Zero,
                    column + 3 < rows ? Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 3 * step)) : Vector128<float>.Zero);
                ref var to = ref Unsafe.Add(ref target, unit * width + column);
                a.StoreUnsafe(ref to);
                if (unit + 1 < units)
                    b.StoreUnsafe(ref Unsafe.Add(ref to, width));
                if (unit + 2 < units)
                    c.StoreUnsafe(ref Unsafe.Add(ref to, 2 * width));
                if (unit + 3 < units)
                    d.StoreUnsafe(ref Unsafe.Add(ref to, 3 * width));
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> A, Vector128<float> B, Vector128<float> C, Vector128<float> D) Transpose(
        Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        var (evenLow, oddLow, evenHigh, oddHigh) = (ZipLow(a, c), ZipLow(b, d), ZipHigh(a, c), ZipHigh(b, d));
        return (ZipLow(evenLow, oddLow), ZipHigh(evenLow, oddLow), ZipLow(evenHigh, oddHigh), ZipHigh(evenHigh, oddHigh));
    }

    /// <summary>a₀ b₀ a₁ b₁</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>a₂ b₂ a₃ b₃</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);

    private static int LanesFrom(int units) => units <= 4 ? 4 : units <= 8 ? 8 : BlockLanes;
}
