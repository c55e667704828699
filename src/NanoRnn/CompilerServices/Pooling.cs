using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The largest value or the mean of each feature over some steps of whole sequences, and the ways back. What lies beyond a sequence's ends does
/// not count, nor does a step that is skipped; where nothing counts there are zeros.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Pooling
{
    /// <summary>Over the steps of each window.</summary>
    /// <param name="windows">Which steps each window sees.</param>
    /// <param name="isMean">Whether the mean; else the largest.</param>
    /// <param name="lengths">Steps of each sequence, the first one's first; empty if all have all steps.</param>
    /// <param name="x">The first sequence's input at the first step.</param>
    /// <param name="xStride">Floats from one sequence's input to the next one's.</param>
    /// <param name="xStep">Floats from one step's input to the next one's.</param>
    /// <param name="y">The first sequence's first output, time-major.</param>
    /// <param name="rowLength">Floats of its row.</param>
    /// <param name="features">Features of an input.</param>
    /// <param name="steps">Steps of the longest sequence.</param>
    /// <param name="sequences">Rows of a step.</param>
    /// <param name="rows">Sequences to go through.</param>
    public static void Forward(
        WindowGeometry windows, bool isMean, ReadOnlySpan<int> lengths, ref float x, nint xStride, nint xStep, ref float y, int rowLength, int features,
        nint steps, nint sequences, nint rows)
    {
        var count = windows.Count(steps);
        for (nint row = 0; row < rows; row++)
        {
            var (length, before) = TimeWindows.Extent(windows, lengths, row, steps);
            var own = windows.Count(length);
            for (nint window = 0; window < count; window++)
            {
                var (from, to) = window < own ? Steps(windows, window, before, length) : (0, 0);
                Reduce(isMean, ref RowOperations.At(ref x, row * xStride), xStep, from, to, ref Unsafe.NullRef<float>(), 0, RowOperations.Row(ref y, window * sequences + row, rowLength), features);
            }
        }
    }

    /// <summary>From the gradients of the outputs to those of the input: to the first of the largest, or a share to each.</summary>
    /// <param name="windows">Which steps each window sees.</param>
    /// <param name="isMean">Whether the mean.</param>
    /// <param name="lengths">Steps of each sequence.</param>
    /// <param name="x">The input that the forward pass has had.</param>
    /// <param name="xStride">Floats from one sequence's input to the next one's.</param>
    /// <param name="xStep">Floats from one step's input to the next one's.</param>
    /// <param name="arriving">The gradient of the first sequence's first output.</param>
    /// <param name="rowLength">Floats of its row.</param>
    /// <param name="below">The gradient of the first sequence's input at the first step.</param>
    /// <param name="belowLength">Floats of its row.</param>
    /// <param name="features">Features.</param>
    /// <param name="steps">Steps of the longest sequence.</param>
    /// <param name="sequences">Rows of a step.</param>
    /// <param name="rows">Sequences to go through.</param>
    /// <param name="accumulates">Whether the input has other readers, whose gradients are there.</param>
    public static void Backward(
        WindowGeometry windows, bool isMean, ReadOnlySpan<int> lengths, ref float x, nint xStride, nint xStep, ref float arriving, int rowLength,
        ref float below, int belowLength, int features, nint steps, nint sequences, nint rows, bool accumulates)
    {
        if (!accumulates)
            RowOperations.ClearSteps(ref below, belowLength, steps, sequences, rows);
        for (nint row = 0; row < rows; row++)
        {
            var (length, before) = TimeWindows.Extent(windows, lengths, row, steps);
            for (nint window = 0; window < windows.Count(length); window++)
            {
                var (from, to) = Steps(windows, window, before, length);
                Spread(
                    isMean, ref RowOperations.At(ref x, row * xStride), xStep, from, to, ref Unsafe.NullRef<float>(), 0,
                    RowOperations.Row(ref arriving, window * sequences + row, rowLength)[..features], ref RowOperations.At(ref below, row * belowLength), sequences * belowLength);
            }
        }
    }

    /// <summary>Over all steps of a sequence.</summary>
    /// <param name="isMean">Whether the mean; else the largest.</param>
    /// <param name="lengths">Steps of each sequence.</param>
    /// <param name="mask">Time-major, 1 for each step of each sequence that counts; a null reference if all do.</param>
    /// <param name="x">The first sequence's input at the first step.</param>
    /// <param name="xStride">Floats from one sequence's input to the next one's.</param>
    /// <param name="xStep">Floats from one step's input to the next one's.</param>
    /// <param name="y">A row for each sequence.</param>
    /// <param name="rowLength">Floats of the row.</param>
    /// <param name="features">Features.</param>
    /// <param name="steps">Steps of the longest sequence.</param>
    /// <param name="sequences">Rows of a step.</param>
    /// <param name="rows">Sequences to go through.</param>
    public static void ForwardAll(
        bool isMean, ReadOnlySpan<int> lengths, ref float mask, ref float x, nint xStride, nint xStep, ref float y, int rowLength, int features,
        nint steps, nint sequences, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            Reduce(
                isMean, ref RowOperations.At(ref x, row * xStride), xStep, 0, lengths.IsEmpty ? steps : lengths[(int)row],
                ref Of(ref mask, row), sequences, RowOperations.Row(ref y, row, rowLength), features);
    }

    /// <summary>The way back of <see cref="ForwardAll"/>.</summary>
    public static void BackwardAll(
        bool isMean, ReadOnlySpan<int> lengths, ref float mask, ref float x, nint xStride, nint xStep, ref float arriving, int rowLength,
        ref float below, int belowLength, int features, nint steps, nint sequences, nint rows, bool accumulates)
    {
        if (!accumulates)
            RowOperations.ClearSteps(ref below, belowLength, steps, sequences, rows);
        for (nint row = 0; row < rows; row++)
            Spread(
                isMean, ref RowOperations.At(ref x, row * xStride), xStep, 0, lengths.IsEmpty ? steps : lengths[(int)row],
                ref Of(ref mask, row), sequences, RowOperations.Row(ref arriving, row, rowLength)[..features], ref RowOperations.At(ref below, row * belowLength), sequences * belowLength);
    }

    private static (nint From, nint To) Steps(WindowGeometry windows, nint window, nint before, nint length)
    {
        var start = window * windows.Strides - before;
        return (nint.Max(start, 0), nint.Min(start + windows.KernelSize, length));
    }

    private static ref float Of(ref float mask, nint row) => ref Unsafe.IsNullRef(ref mask) ? ref mask : ref RowOperations.At(ref mask, row);

    private static bool Counts(ref float mask, nint maskStep, nint step) => Unsafe.IsNullRef(ref mask) || RowOperations.At(ref mask, step * maskStep) != 0;

    private static void Reduce(
        bool isMean, ref float x, nint xStep, nint from, nint to, ref float mask, nint maskStep, Span<float> row, int features)
    {
        row.Clear();
        var values = row[..features];
        var seen = 0;
        for (var step = from; step < to; step++)
        {
            if (!Counts(ref mask, maskStep, step))
                continue;
            var next = MemoryMarshal.CreateReadOnlySpan(ref RowOperations.At(ref x, step * xStep), features);
            if (seen++ == 0)
                next.CopyTo(values);
            else if (isMean)
                TensorPrimitives.Add(values, next, values);
            else
                TensorPrimitives.Max(values, next, values);
        }

        if (isMean && seen > 1)
            TensorPrimitives.Divide(values, seen, values);
    }

    private static void Spread(
        bool isMean, ref float x, nint xStep, nint from, nint to, ref float mask, nint maskStep, ReadOnlySpan<float> gradient, ref float below, nint belowStep)
    {
        if (!isMean)
        {
            for (var feature = 0; feature < gradient.Length; feature++)
                if (Largest(ref x, xStep, from, to, ref mask, maskStep, feature) is >= 0 and var step)
                    RowOperations.At(ref below, step * belowStep + feature) += gradient[feature];
            return;
        }

        var counted = 0;
        for (var step = from; step < to; step++)
            counted += Counts(ref mask, maskStep, step) ? 1 : 0;
        for (var step = from; step < to; step++)
            if (Counts(ref mask, maskStep, step))
            {
                var target = MemoryMarshal.CreateSpan(ref RowOperations.At(ref below, step * belowStep), gradient.Length);
                TensorPrimitives.FusedMultiplyAdd(gradient, 1f / counted, target, target);
            }
    }

    /// <summary>The first step with a feature's largest value; −1 if no step counts.</summary>
    private static nint Largest(ref float x, nint xStep, nint from, nint to, ref float mask, nint maskStep, int feature)
    {
        nint largest = -1;
        for (var step = from; step < to; step++)
            if (Counts(ref mask, maskStep, step)
                && (largest < 0 || RowOperations.At(ref x, step * xStep + feature) > RowOperations.At(ref x, largest * xStep + feature)))
                largest = step;
        return largest;
    }
}
