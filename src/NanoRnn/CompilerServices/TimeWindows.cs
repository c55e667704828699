using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The steps of whole sequences that each window of a convolution sees, side by side, and the way back. A sequence has its own length, beyond
/// which is nothing; where it has fewer windows than the longest, rows behind its last are zero.
/// </summary>
/// <remarks>Gradients of an input are added in the order of the windows that have it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TimeWindows
{
    /// <summary>The steps of each window side by side, with zeros where it reaches beyond an end.</summary>
    /// <param name="windows">Which steps each window sees.</param>
    /// <param name="lengths">Steps of each sequence, the first one's first; empty if all have all steps.</param>
    /// <param name="x">The first sequence's input at the first step.</param>
    /// <param name="xStride">Floats from one sequence's input to the next one's.</param>
    /// <param name="xStep">Floats from one step's input to the next one's.</param>
    /// <param name="y">The first sequence's first window; windows are time-major like everything on a tape.</param>
    /// <param name="rowLength">Floats of its row.</param>
    /// <param name="features">Features of an input.</param>
    /// <param name="steps">Steps of the longest sequence.</param>
    /// <param name="sequences">Rows of a step.</param>
    /// <param name="rows">Sequences to go through.</param>
    public static void Gather(
        WindowGeometry windows, ReadOnlySpan<int> lengths, ref float x, nint xStride, nint xStep, ref float y, int rowLength, int features, nint steps,
        nint sequences, nint rows)
    {
        var count = windows.Count(steps);
        for (nint row = 0; row < rows; row++)
        {
            var (length, before) = Extent(windows, lengths, row, steps);
            var own = windows.Count(length);
            for (nint window = 0; window < count; window++)
            {
                var target = RowOperations.Row(ref y, window * sequences + row, rowLength);
                target.Clear();
                for (var tap = 0; window < own && tap < windows.KernelSize; tap++)
                    if (Step(windows, window, tap, before, length) is >= 0 and var step)
                        MemoryMarshal.CreateReadOnlySpan(ref RowOperations.At(ref x, step * xStep + row * xStride), features).CopyTo(target[(tap * features)..]);
            }
        }
    }

    /// <summary>From the gradients of windows to those of the input.</summary>
    /// <param name="windows">Which steps each window sees.</param>
    /// <param name="lengths">Steps of each sequence.</param>
    /// <param name="arriving">The gradient of the first sequence's first window.</param>
    /// <param name="rowLength">Floats of its row.</param>
    /// <param name="below">The gradient of the first sequence's input at the first step.</param>
    /// <param name="belowLength">Floats of its row.</param>
    /// <param name="features">Features of an input.</param>
    /// <param name="steps">Steps of the longest sequence.</param>
    /// <param name="sequences">Rows of a step.</param>
    /// <param name="rows">Sequences to go through.</param>
    /// <param name="accumulates">Whether the input has other readers, whose gradients are there.</param>
    public static void Scatter(
        WindowGeometry windows, ReadOnlySpan<int> lengths, ref float arriving, int rowLength, ref float below, int belowLength, int features, nint steps,
        nint sequences, nint rows, bool accumulates)
    {
        if (!accumulates)
            RowOperations.ClearSteps(ref below, belowLength, steps, sequences, rows);
        for (nint row = 0; row < rows; row++)
        {
            var (length, before) = Extent(windows, lengths, row, steps);
            for (nint window = 0; window < windows.Count(length); window++)
            {
                var source = RowOperations.Row(ref arriving, window * sequences + row, rowLength);
                for (var tap = 0; tap < windows.KernelSize; tap++)
                    if (Step(windows, window, tap, before, length) is >= 0 and var step)
                    {
                        var target = RowOperations.Row(ref below, step * sequences + row, belowLength)[..features];
                        TensorPrimitives.Add(source.Slice(tap * features, features), target, target);
                    }
            }
        }
    }

    /// <summary>How many windows each of some sequences has, whole numbers in the place of floats.</summary>
    /// <param name="windows">Which steps each window sees.</param>
    /// <param name="lengths">Steps of each sequence; where all have all steps nothing is done.</param>
    /// <param name="counts">Receives the numbers.</param>
    public static void Count(WindowGeometry windows, ReadOnlySpan<int> lengths, ref float counts)
    {
        for (var row = 0; row < lengths.Length; row++)
            Unsafe.Add(ref Unsafe.As<float, int>(ref counts), row) = (int)windows.Count(lengths[row]);
    }

    /// <summary>The numbers that <see cref="Count"/> has left; empty if sequences have no lengths of their own.</summary>
    public static ReadOnlySpan<int> Lengths(TrainingWorkspace workspace, ref float counts, nint rows) =>
        workspace.HasLengths ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<float, int>(ref counts), (int)rows) : default;

    /// <summary>For each window of each sequence, time-major, 1 if the sequence has it, else 0.</summary>
    /// <param name="lengths">Windows of each sequence; empty if all have all.</param>
    /// <param name="mask">Receives the numbers.</param>
    /// <param name="count">Windows of the longest.</param>
    /// <param name="sequences">Rows of a window.</param>
    /// <param name="rows">Sequences to go through.</param>
    public static void Mask(ReadOnlySpan<int> lengths, ref float mask, nint count, nint sequences, nint rows)
    {
        for (nint window = 0; window < count; window++)
            for (nint row = 0; row < rows; row++)
                RowOperations.At(ref mask, window * sequences + row) = lengths.IsEmpty || window < lengths[(int)row] ? 1 : 0;
    }

    /// <summary>Steps of a sequence, and how many lie before its first one in what its first window sees.</summary>
    internal static (nint Length, nint Before) Extent(WindowGeometry windows, ReadOnlySpan<int> lengths, nint row, nint steps)
    {
        var length = lengths.IsEmpty ? steps : lengths[(int)row];
        return (length, windows.Before(length));
    }

    /// <summary>A step that a window sees, or −1 where it reaches beyond the sequence.</summary>
    private static nint Step(WindowGeometry windows, nint window, int tap, nint before, nint length)
    {
        var step = window * windows.Strides + (nint)tap * windows.DilationRate - before;
        return step < length ? nint.Max(step, -1) : -1;
    }
}
