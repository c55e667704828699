using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Weight gradients: sums over all sequences and steps of what a kernel multiplied, times the gradients of the sums it fed. The
/// terms are summed in parts of <see cref="TermsPerPart"/>, which stay in the cache and bound the rounding error.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightGradient
{
    private const int TermsPerPart = 128;

    private const int BlockLanes = 16;

    /// <summary>Maps of a small last block whose sums are on the stack at the same time: at most 16 KiB.</summary>
    private const int MaxTailMaps = 8;

    /// <summary>The gradient of the kernel rows of one block, or of several blocks of a layer with one map.</summary>
    /// <param name="source">What the kernel multiplied: one row per term.</param>
    /// <param name="sourceStride">From one term to the next.</param>
    /// <param name="deltas">Gradients of the sums: one row per term.</param>
    /// <param name="deltaStride">From one term to the next.</param>
    /// <param name="deltaPanel">From one panel of lanes to the next.</param>
    /// <param name="target">The packed gradient.</param>
    /// <param name="targetRow">From one kernel row to the next.</param>
    /// <param name="targetPanel">From one panel to the next.</param>
    /// <param name="rows">Rows of the kernel.</param>
    /// <param name="panels">Panels: maps, or blocks.</param>
    /// <param name="lanes">Lanes of a panel.</param>
    /// <param name="terms">Number of terms; 0 if there is nothing to add up.</param>
    /// <param name="accumulates">Whether to add to the target.</param>
    public static void Kernel(
        ref float source, nint sourceStride, ref float deltas, nint deltaStride, nint deltaPanel,
        ref float target, nint targetRow, nint targetPanel, int rows, int panels, int lanes, nint terms,
        bool accumulates)
    {
        // Without terms the sums are zero.
        nint part = 0;
        do
        {
            var shape = new ProductShape(
                1, sourceStride, deltaStride, deltaPanel, targetRow, targetPanel, nint.Min(TermsPerPart, terms - part), accumulates || part > 0);
            MatrixProduct.Panels(
                shape,
                ref Unsafe.Add(ref source, part * sourceStride),
                ref Unsafe.Add(ref deltas, part * deltaStride),
                ref target, rows, panels, lanes);
            part += TermsPerPart;
        }
        while (part < terms);
    }

    /// <summary>
    /// The gradient of the kernel rows of a layer's last block, where it is small: the same sums as those of <see cref="Kernel"/>, with
    /// lanes along the rows of the kernel, which are more than the units.
    /// </summary>
    /// <param name="source">What the kernel multiplied: one row per term, of whole blocks of 16 lanes.</param>
    /// <param name="sourceStride">From one term to the next.</param>
    /// <param name="deltas">Gradients of the sums: one row per term.</param>
    /// <param name="deltaStride">From one term to the next.</param>
    /// <param name="deltaMap">From one map's gradients to the next's.</param>
    /// <param name="target">The packed gradient: [row][map][lane]. Lanes behind the units stay as they are.</param>
    /// <param name="rows">Rows of the kernel.</param>
    /// <param name="maps">Maps that the kernel feeds.</param>
    /// <param name="lanes">Lanes of the block.</param>
    /// <param name="units">Units of the block.</param>
    /// <param name="terms">Number of terms; 0 if there is nothing to add up.</param>
    /// <param name="accumulates">Whether to add to the target.</param>
    public static void TailKernel(
        ref float source, nint sourceStride, ref float deltas, nint deltaStride, nint deltaMap,
        ref float target, int rows, int maps, int lanes, int units, nint terms, bool accumulates)
    {
        for (var map = 0; map < maps; map += MaxTailMaps)
        {
            TailKernelOfMaps(
                ref source, sourceStride, ref Unsafe.Add(ref deltas, map * deltaMap), deltaStride, deltaMap,
                ref Unsafe.Add(ref target, map * lanes), maps * lanes, rows, int.Min(MaxTailMaps, maps - map), lanes, units, terms, accumulates);
        }
    }

    /// <summary>The same for as many maps as have their sums on the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TailKernelOfMaps(
        ref float source, nint sourceStride, ref float deltas, nint deltaStride, nint deltaMap,
        ref float target, int targetRow, int rows, int maps, int lanes, int units, nint terms, bool accumulates)
    {
        const int Width = MatrixProduct.GroupLanes;
        Span<float> sums = stackalloc float[maps * units * Width];
        for (var first = 0; first < rows; first += Width)
        {
            var count = int.Min(Width, rows - first);
            if (accumulates)
                Rearrange(ref Unsafe.Add(ref target, first * targetRow), targetRow, sums, count, maps, lanes, units, isGather: true);
            else if (terms == 0)
                sums.Clear();
            for (nint part = 0; part < terms; part += TermsPerPart)
            {
                var shape = new ProductShape(
                    1, deltaStride, sourceStride, BlockLanes, Width, BlockLanes, nint.Min(TermsPerPart, terms - part), accumulates || part > 0);
                for (var map = 0; map < maps; map++)
                {
                    MatrixProduct.Panels(
                        shape,
                        ref Unsafe.Add(ref deltas, part * deltaStride + map * deltaMap),
                        ref Unsafe.Add(ref source, part * sourceStride + first),
                        ref sums[map * units * Width],
                        units,
                        (count + BlockLanes - 1) / BlockLanes,
                        BlockLanes);
                }
            }

            Rearrange(ref Unsafe.Add(ref target, first * targetRow), targetRow, sums, count, maps, lanes, units, isGather: false);
        }
    }

    /// <summary>Copies between packed rows of a kernel and one row of sums per map and unit.</summary>
    private static void Rearrange(ref float packed, int packedRow, Span<float> sums, int rows, int maps, int lanes, int units, bool isGather)
    {
        for (var map = 0; map < maps; map++)
            for (var unit = 0; unit < units; unit++)
            {
                var row = sums.Slice((map * units + unit) * MatrixProduct.GroupLanes, rows);
                ref var element = ref Unsafe.Add(ref packed, map * lanes + unit);
                for (var i = 0; i < row.Length; i++)
                {
                    ref var place = ref Unsafe.Add(ref element, i * packedRow);
                    if (isGather)
                        row[i] = place;
                    else
                        place = row[i];
                }
            }
    }

    /// <summary>The gradient of neighbouring biases: the sums of the gradients themselves.</summary>
    /// <param name="deltas">Gradients of the sums: one row per term.</param>
    /// <param name="deltaStride">From one term to the next.</param>
    /// <param name="deltaPanel">From one bias's gradients to the next's.</param>
    /// <param name="target">The packed gradient; biases lie side by side.</param>
    /// <param name="biases">How many.</param>
    /// <param name="lanes">Lanes of each.</param>
    /// <param name="terms">Number of terms.</param>
    /// <param name="accumulates">Whether to add to the target.</param>
    public static void Biases(
        ref float deltas, nint deltaStride, nint deltaPanel, ref float target, int biases, int lanes, nint terms, bool accumulates)
    {
        // A factor that is always 1: one float read again and again.
        var one = 1f;
        Kernel(ref one, 0, ref deltas, deltaStride, deltaPanel, ref target, 0, lanes, 1, biases, lanes, terms, accumulates);
    }

    /// <summary>The gradient of a kernel that lies one padded row per unit.</summary>
    /// <param name="deltas">Gradients of the sums: one row per term.</param>
    /// <param name="deltaStride">From one term to the next.</param>
    /// <param name="source">What the kernel multiplied: one row per term.</param>
    /// <param name="target">The packed gradient: one row per unit.</param>
    /// <param name="stride">From one row of the source, and of the target, to the next.</param>
    /// <param name="lanes">Floats of a row: blocks of 16, and a last one of 8 or 4.</param>
    /// <param name="features">Floats of them that count; the source may have anything behind them, the target has zeros.</param>
    /// <param name="units">Units.</param>
    /// <param name="terms">Number of terms.</param>
    /// <param name="accumulates">Whether to add to the target.</param>
    public static void DotKernel(
        ref float deltas, nint deltaStride, ref float source, ref float target, nint stride, int lanes, int features, int units, nint terms,
        bool accumulates)
    {
        for (nint part = 0; part < terms; part += TermsPerPart)
        {
            var shape = new ProductShape(1, deltaStride, stride, 16, stride, 16, nint.Min(TermsPerPart, terms - part), accumulates || part > 0);
            ref var a = ref Unsafe.Add(ref deltas, part * deltaStride);
            ref var b = ref Unsafe.Add(ref source, part * stride);
            var (blocks, tail) = int.DivRem(lanes, 16);
            MatrixProduct.Panels(shape, ref a, ref b, ref target, units, blocks, 16);
            if (tail > 0)
                MatrixProduct.Panels(
                    shape, ref a, ref Unsafe.Add(ref b, lanes - tail), ref Unsafe.Add(ref target, lanes - tail), units, 1, tail);
        }

        ClearPadding(ref target, stride, lanes, features, units);
    }

    /// <summary>
    /// Zeroes the lanes behind the units of some rows of the packed gradient. There the sums may be anything, also NaN, and the weights that
    /// lie there are to stay zero.
    /// </summary>
    /// <param name="target">The first row.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="lanes">Lanes of a row.</param>
    /// <param name="units">Those of them that are weights.</param>
    /// <param name="rows">How many rows.</param>
    public static void ClearPadding(ref float target, nint stride, int lanes, int units, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            RowOperations.Clear(ref Unsafe.Add(ref target, row * stride + units), lanes - units);
    }
}
