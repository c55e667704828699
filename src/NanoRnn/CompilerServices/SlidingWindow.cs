using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The steps that a causal convolution sees, side by side, the latest one last: y[t] = x[t − (k−1)·d] … x[t − d] x[t], with zeros before the
/// first step. What it has besides x[t] is the end of y[t − d], so the last d rows are all that there is to remember.
/// </summary>
/// <remarks>
/// A stream remembers of each of these rows the end alone, in a ring, and behind the ring the number of the oldest one.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SlidingWindow
{
    /// <summary>Windows of a stream, step after step.</summary>
    /// <param name="ring">(kernelSize − 1) · inputs floats for each of the last steps, then one; all zero at first.</param>
    /// <param name="x">The input.</param>
    /// <param name="xStride">Floats from one input to the next.</param>
    /// <param name="y">Receives windows.</param>
    /// <param name="yStride">Floats from one window to the next.</param>
    /// <param name="inputs">Features of an input.</param>
    /// <param name="kernelSize">Steps of a window.</param>
    /// <param name="dilation">Steps from one of them to the next.</param>
    /// <param name="steps">How many steps.</param>
    public static void Push(
        ref float ring, ref float x, nint xStride, ref float y, nint yStride, int inputs, int kernelSize, int dilation, nint steps)
    {
        var past = (kernelSize - 1) * inputs;
        ref var oldest = ref RowOperations.At(ref ring, (nint)dilation * past);
        var place = (nint)oldest;

        // A state that was given may say anything.
        if ((nuint)place >= (nuint)dilation)
            place = 0;
        for (nint step = 0; step < steps; step++)
        {
            var kept = RowOperations.Row(ref ring, place, past);
            var window = MemoryMarshal.CreateSpan(ref RowOperations.At(ref y, step * yStride), past + inputs);
            kept.CopyTo(window);
            MemoryMarshal.CreateReadOnlySpan(ref RowOperations.At(ref x, step * xStride), inputs).CopyTo(window[past..]);
            window[inputs..].CopyTo(kept);
            place = place + 1 == dilation ? 0 : place + 1;
        }

        oldest = place;
    }

    /// <summary>Windows of several streams, one step of each.</summary>
    public static void PushRows(
        ref float rings, ref float x, nint xStride, ref float y, nint yStride, int inputs, int kernelSize, int dilation, nint ringLength, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            Push(
                ref RowOperations.At(ref rings, row * ringLength), ref RowOperations.At(ref x, row * xStride), 0,
                ref RowOperations.At(ref y, row * yStride), 0, inputs, kernelSize, dilation, 1);
    }

    /// <summary>The windows before the tape's first step: what the range or the batch before has left, or zeros.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="offset">Where they lie among all states of a sequence.</param>
    /// <param name="windows">The first of them on the tape.</param>
    /// <param name="rowLength">Floats of a row.</param>
    /// <param name="dilation">How many steps.</param>
    /// <param name="first">Number of the first sequence.</param>
    /// <param name="rows">Sequences.</param>
    public static void Start(TrainingWorkspace workspace, int offset, ref float windows, int rowLength, int dilation, nint first, nint rows)
    {
        for (var step = 0; step < dilation; step++)
            CarriedState.Start(workspace, offset + step * rowLength, ref At(ref windows, step, workspace.Rows, rowLength), rowLength, first, rows);
    }

    /// <summary>Keeps the windows of the tape's last steps for the range or the batch that follows.</summary>
    public static void Keep(TrainingWorkspace workspace, int offset, ref float windows, int rowLength, int dilation, nint first, nint rows)
    {
        for (var step = 0; step < dilation; step++)
            CarriedState.Keep(workspace, offset + step * rowLength, ref At(ref windows, step, workspace.Rows, rowLength), rowLength, first, rows);
    }

    /// <summary>Windows on a tape, of some sequences at one step.</summary>
    /// <param name="past">The window of the step <c>dilation</c> steps before.</param>
    /// <param name="x">The input.</param>
    /// <param name="xStride">Floats from one sequence's input to the next one's.</param>
    /// <param name="y">Receives the window.</param>
    /// <param name="rowLength">Floats from one window to the next.</param>
    /// <param name="inputs">Features of an input.</param>
    /// <param name="kernelSize">Steps of a window.</param>
    /// <param name="rows">Sequences.</param>
    public static void Forward(ref float past, ref float x, nint xStride, ref float y, int rowLength, int inputs, int kernelSize, nint rows)
    {
        var kept = (kernelSize - 1) * inputs;
        for (nint row = 0; row < rows; row++)
        {
            var window = RowOperations.Row(ref y, row, rowLength);
            RowOperations.Row(ref past, row, rowLength).Slice(inputs, kept).CopyTo(window);
            MemoryMarshal.CreateReadOnlySpan(ref RowOperations.At(ref x, row * xStride), inputs).CopyTo(window[kept..]);
            window[(kept + inputs)..].Clear();
        }
    }

    /// <summary>
    /// From the gradients of windows to those of the input, over a range of steps from its last to its first. The gradient of an input is the
    /// sum over the windows that have it, the latest one first, wherever a range ends.
    /// </summary>
    /// <param name="arriving">The gradients at the range's first step; those of what a window has of earlier ones are added to it.</param>
    /// <param name="later">The sums at the first steps behind the range; receives those at the range's own first steps.</param>
    /// <param name="isLast">Whether no step comes behind the range.</param>
    /// <param name="below">The gradient of the input at the range's first step.</param>
    /// <param name="belowLength">Floats of its row.</param>
    /// <param name="rowLength">Floats of a window's row.</param>
    /// <param name="inputs">Features of an input.</param>
    /// <param name="kernelSize">Steps of a window.</param>
    /// <param name="dilation">Steps from one of them to the next.</param>
    /// <param name="steps">Steps of the range.</param>
    /// <param name="sequences">Rows of a step.</param>
    /// <param name="rows">Sequences to go through.</param>
    /// <param name="accumulates">Whether the input has other readers, whose gradients are there.</param>
    public static void Backward(
        ref float arriving, ref float later, bool isLast, ref float below, int belowLength, int rowLength, int inputs, int kernelSize, int dilation,
        nint steps, nint sequences, nint rows, bool accumulates)
    {
        var past = (kernelSize - 1) * inputs;
        if (isLast)
            RowOperations.ClearSteps(ref later, rowLength, dilation, sequences, rows);
        for (var step = steps - 1; step >= 0; step--)
            for (nint row = 0; row < rows; row++)
            {
                var sum = Gradient(ref arriving, step, row);
                var next = step + dilation;
                var sums = next < steps ? Gradient(ref arriving, next, row) : Gradient(ref later, next - steps, row);
                TensorPrimitives.Add(sum[inputs..], sums[..past], sum[inputs..]);
                var target = RowOperations.Row(ref below, step * sequences + row, belowLength);
                if (accumulates)
                {
                    TensorPrimitives.Add(sum[past..], target[..inputs], target[..inputs]);
                    continue;
                }

                sum[past..].CopyTo(target);
                target[inputs..].Clear();
            }

        for (nint step = dilation - 1; step >= 0; step--)
            for (nint row = 0; row < rows; row++)
                (step < steps ? Gradient(ref arriving, step, row) : Gradient(ref later, step - steps, row)).CopyTo(Gradient(ref later, step, row));

        Span<float> Gradient(ref float first, nint step, nint row) => RowOperations.Row(ref first, step * sequences + row, rowLength)[..(past + inputs)];
    }

    private static ref float At(ref float windows, int step, nint sequences, int rowLength) =>
        ref RowOperations.At(ref windows, step * sequences * rowLength);
}
