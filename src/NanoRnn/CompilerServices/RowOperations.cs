using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>Copies between the caller's tight rows and the padded rows of memory and tape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowOperations
{
    /// <summary>Copies <paramref name="rows"/> rows of <paramref name="width"/> floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ref float source, nint sourceStride, ref float target, nint targetStride, int width, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            MemoryMarshal.CreateReadOnlySpan(ref At(ref source, row * sourceStride), width)
                .CopyTo(MemoryMarshal.CreateSpan(ref At(ref target, row * targetStride), width));
    }

    /// <summary>Adds <paramref name="rows"/> rows of <paramref name="width"/> floats to others.</summary>
    public static void Add(ref float source, nint sourceStride, ref float target, nint targetStride, int width, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var sum = MemoryMarshal.CreateSpan(ref At(ref target, row * targetStride), width);
            TensorPrimitives.Add(MemoryMarshal.CreateReadOnlySpan(ref At(ref source, row * sourceStride), width), sum, sum);
        }
    }

    /// <summary>
    /// Copies <paramref name="rows"/> rows of <paramref name="width"/> floats to rows of <paramref name="targetStride"/> floats,
    /// the rest of which becomes zero.
    /// </summary>
    public static void CopyPadded(ref float source, nint sourceStride, ref float target, int targetStride, int width, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var padded = MemoryMarshal.CreateSpan(ref At(ref target, row * targetStride), targetStride);
            MemoryMarshal.CreateReadOnlySpan(ref At(ref source, row * sourceStride), width).CopyTo(padded);
            padded[width..].Clear();
        }
    }

    /// <summary>
    /// Copies <paramref name="rows"/> rows of <paramref name="width"/> floats into rows of <paramref name="targetStride"/> floats from
    /// <paramref name="start"/> on, the rest of which becomes zero.
    /// </summary>
    public static void CopyBetweenZeros(ref float source, nint sourceStride, ref float target, int targetStride, int start, int width, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var whole = MemoryMarshal.CreateSpan(ref At(ref target, row * targetStride), targetStride);
            whole[..start].Clear();
            MemoryMarshal.CreateReadOnlySpan(ref At(ref source, row * sourceStride), width).CopyTo(whole[start..]);
            whole[(start + width)..].Clear();
        }
    }

    /// <summary>One of the rows that lie one behind the other.</summary>
    internal static Span<float> Row(ref float first, nint row, int length) => MemoryMarshal.CreateSpan(ref At(ref first, row * length), length);

    /// <summary>Zeroes <paramref name="length"/> floats.</summary>
    public static void Clear(ref float target, nint length) => MemoryMarshal.CreateSpan(ref target, (int)length).Clear();

    /// <summary>Zeroes the rows of some of <paramref name="sequences"/> sequences at each of <paramref name="steps"/> steps.</summary>
    public static void ClearSteps(ref float target, int rowLength, nint steps, nint sequences, nint rows)
    {
        for (nint step = 0; step < steps; step++)
            Clear(ref At(ref target, step * sequences * rowLength), rows * rowLength);
    }

    /// <summary>So many floats further.</summary>
    internal static ref float At(ref float reference, nint offset) =>
        ref Unsafe.Add(ref reference, offset);
}
