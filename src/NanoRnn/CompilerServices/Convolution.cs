using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// A convolution over the positions of each row: sums alone, without an activation. Each sum starts with its bias and goes over taps, then channels, one
/// row like many, so every way to compute it gives the same bits.
/// </summary>
/// <remarks>
/// Between matrix products and rows, in which filters of all positions lie without gaps, there is a scratch of <see cref="ConvolutionShape.RowLength"/>
/// floats for each output, where every position starts in whole registers. Training keeps it of each row: it has the gradients of the sums then.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Convolution
{
    private const int BlockLanes = 16;

    /// <summary>The sums of some rows.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="weights">Biases, then the kernel.</param>
    /// <param name="x">The rows.</param>
    /// <param name="xStride">Floats from one to the next.</param>
    /// <param name="y">Receives the sums.</param>
    /// <param name="yStride">Floats from one row of them to the next.</param>
    /// <param name="scratch">Memory for the sums of a row.</param>
    /// <param name="rows">Number of rows.</param>
    public static void Forward(
        in ConvolutionShape shape, ref float weights, ref float x, nint xStride, ref float y, nint yStride, ref float scratch, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            ref var source = ref Unsafe.Add(ref x, row * xStride);
            if (shape.HasBias)
                RowOperations.Copy(ref weights, 0, ref scratch, shape.RowLength, shape.RowLength, shape.Outputs);
            else
                RowOperations.Clear(ref scratch, (nint)shape.Outputs * shape.RowLength);
            ref var kernel = ref Unsafe.Add(ref weights, shape.KernelStart);
            if (shape.Groups > 1)
                GroupedConvolution.Add(shape, ref kernel, ref source, ref scratch);
            else
                Add(shape, ref kernel, ref source, ref scratch);
            RowOperations.Copy(ref scratch, shape.RowLength, ref Unsafe.Add(ref y, row * yStride), shape.Filters, shape.Filters, shape.Outputs);
        }
    }

    /// <summary>Leaves the gradients of the sums in the records, where every position starts in whole registers.</summary>
    public static void Record(in ConvolutionShape shape, ref float arriving, nint arrivingStride, ref float record, nint rows)
    {
        var length = shape.Outputs * shape.RowLength;
        for (nint row = 0; row < rows; row++)
            RowOperations.CopyPadded(
                ref Unsafe.Add(ref arriving, row * arrivingStride), shape.Filters, ref Unsafe.Add(ref record, row * length), shape.RowLength, shape.Filters,
                shape.Outputs);
    }

    /// <summary>The gradient of the input, from the records.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="kernel">The kernel of groups as it is; else transposed by <see cref="Transpose"/>, of which each row has <see cref="ConvolutionShape.TransposedRow"/> floats.</param>
    /// <param name="record">Gradients of the sums.</param>
    /// <param name="below">Receives the gradient.</param>
    /// <param name="belowStride">Floats from one row of it to the next.</param>
    /// <param name="scratch">As many floats.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="accumulates">Whether to add to what is there.</param>
    public static void Backward(
        in ConvolutionShape shape, ref float kernel, ref float record, ref float below, nint belowStride, ref float scratch, nint rows, bool accumulates)
    {
        for (nint row = 0; row < rows; row++)
        {
            ref var target = ref Unsafe.Add(ref below, row * belowStride);
            ref var deltas = ref Unsafe.Add(ref record, row * shape.Outputs * shape.RowLength);
            if (!accumulates)
                RowOperations.Clear(ref target, belowStride);
            if (shape.Groups > 1)
                GroupedConvolution.Backward(shape, ref kernel, ref deltas, ref target);
            else
                BackwardRow(shape, ref kernel, ref deltas, ref target, ref scratch);
        }
    }

    /// <summary>From a row for each tap and channel to one for each filter.</summary>
    public static void Transpose(in ConvolutionShape shape, ref readonly float weights, ref float transposed)
    {
        ref var kernel = ref Unsafe.Add(ref Unsafe.AsRef(in weights), shape.KernelStart);
        for (var filter = 0; filter < shape.Filters; filter++)
        {
            ref var target = ref Unsafe.Add(ref transposed, (nint)filter * shape.TransposedRow);
            for (var row = 0; row < shape.KernelRows; row++)
                Unsafe.Add(ref target, row) = Unsafe.Add(ref kernel, (nint)row * shape.RowLength + filter);
            RowOperations.Clear(ref Unsafe.Add(ref target, shape.KernelRows), shape.TransposedRow - shape.KernelRows);
        }
    }

    /// <summary>The gradient of a block of filters over rows of steps and sequences.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="block">Number of the block of 16 filters, or of the one of 4 or 8.</param>
    /// <param name="x">The rows that were read.</param>
    /// <param name="xStride">Floats from one to the next.</param>
    /// <param name="record">Gradients of the sums.</param>
    /// <param name="gradients">Receives the gradients, which lie as the weights.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="accumulates">Whether to add to what is there.</param>
    public static void ComputeGradients(
        in ConvolutionShape shape, nint block, ref float x, nint xStride, ref float record, ref float gradients, nint rows, bool accumulates)
    {
        var lanes = Math.Min(shape.RowLength, BlockLanes);
        nint stride = shape.Outputs * shape.RowLength;
        var start = block * BlockLanes;
        ref var target = ref Unsafe.Add(ref gradients, start);
        ref var kernel = ref Unsafe.Add(ref target, shape.KernelStart);
        if (!accumulates)
        {
            for (var row = 0; row < shape.KernelStart / shape.RowLength + shape.KernelRows; row++)
                RowOperations.Clear(ref Unsafe.Add(ref target, (nint)row * shape.RowLength), lanes);
        }

        for (var output = 0; output < shape.Outputs; output++)
        {
            ref var deltas = ref Unsafe.Add(ref record, (nint)output * shape.RowLength + start);
            if (shape.HasBias)
                WeightGradient.Biases(ref deltas, stride, lanes, ref target, biases: 1, lanes, rows, accumulates: true);
            if (shape.Groups > 1)
            {
                GroupedConvolution.AddGradients(shape, output, (int)start, lanes, ref x, xStride, ref deltas, stride, ref kernel, rows);
                continue;
            }

            for (var tap = 0; tap < shape.KernelSize; tap += shape.SideTaps)
                WeightGradient.Kernel(
                    ref Unsafe.Add(ref x, shape.Start(output, tap)), xStride, ref deltas, stride, lanes,
                    ref Unsafe.Add(ref kernel, (nint)tap * shape.Channels * shape.RowLength), shape.RowLength, lanes,
                    shape.SideTaps * shape.Channels, panels: 1, lanes, rows, accumulates: true);
        }

        var units = (int)Math.Clamp(shape.Filters - start, 0, lanes);
        WeightGradient.ClearPadding(ref target, shape.RowLength, lanes, units, shape.KernelStart / shape.RowLength + shape.KernelRows);
    }

    /// <summary>Adds the products of one row to its sums.</summary>
    private static void Add(in ConvolutionShape shape, ref float kernel, ref float x, ref float sums)
    {
        var (panels, lanes) = (Math.Max(1, shape.RowLength / BlockLanes), Math.Min(shape.RowLength, BlockLanes));
        var product = new ProductShape(
            (nint)shape.Strides * shape.Channels, 1, shape.RowLength, BlockLanes, shape.RowLength, BlockLanes, (nint)shape.SideTaps * shape.Channels,
            Accumulates: true);
        for (var tap = 0; tap < shape.KernelSize; tap += shape.SideTaps)
            MatrixProduct.Panels(
                product,
                ref Unsafe.Add(ref x, shape.Start(output: 0, tap)),
                ref Unsafe.Add(ref kernel, (nint)tap * shape.Channels * shape.RowLength),
                ref sums, shape.Outputs, panels, lanes);
    }

    private static void BackwardRow(in ConvolutionShape shape, ref float transposed, ref float deltas, ref float below, ref float scratch)
    {
        for (var output = 0; output < shape.Outputs; output++)
        {
            MatrixProduct.Rows(
                ref Unsafe.Add(ref deltas, (nint)output * shape.RowLength), shape.RowLength, ref transposed, ref scratch, rows: 1, shape.TransposedRow, shape.Filters);
            for (var tap = 0; tap < shape.KernelSize; tap += shape.SideTaps)
                RowOperations.Add(
                    ref Unsafe.Add(ref scratch, (nint)tap * shape.Channels), 0, ref Unsafe.Add(ref below, shape.Start(output, tap)), 0,
                    shape.SideTaps * shape.Channels, rows: 1);
        }
    }
}
