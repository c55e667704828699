using System.ComponentModel;
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
            MemoryMarshal.CreateReadOnlySpan(ref Add(ref source, row * sourceStride), width)
                .CopyTo(MemoryMarshal.CreateSpan(ref Add(ref target, row * targetStride), width));
    }

    /// <summary>
    /// Copies <paramref name="rows"/> rows of <paramref name="width"/> floats to rows of <paramref name="targetStride"/> floats,
    /// the rest of which becomes zero.
    /// </summary>
    public static void CopyPadded(ref float source, nint sourceStride, ref float target, int targetStride, int width, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var padded = MemoryMarshal.CreateSpan(ref Add(ref target, row * targetStride), targetStride);
            MemoryMarshal.CreateReadOnlySpan(ref Add(ref source, row * sourceStride), width).CopyTo(padded);
            padded[width..].Clear();
        }
    }

    /// <summary>Zeroes <paramref name="length"/> floats.</summary>
    public static void Clear(ref float target, nint length) => MemoryMarshal.CreateSpan(ref target, (int)length).Clear();

    private static ref float Add(ref float reference, nint offset) =>
        ref Unsafe.Add(ref reference, offset);
}
