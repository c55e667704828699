using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The operations that generated kernels are made of. Their names say the number of lanes instead of being overloads: generated
/// code is full of them, and resolving the overloads and type arguments of the originals is most of what compiling it would cost.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Lanes
{
    /// <summary>The float at an offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float RefAt(ref float reference, nint offset) => ref Unsafe.Add(ref reference, offset);

    /// <summary>The float at an offset in a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float RefAtRow(ref float reference, nint row, nint stride, nint offset) =>
        ref Unsafe.Add(ref reference, row * stride + offset);

    /// <summary>What is left of so many floats behind an offset, and zeros.</summary>
    private static void CopyRest(ref float source, nint offset, nint length, Span<float> lanes)
    {
        lanes.Clear();
        if (offset < length)
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, offset), (int)(length - offset)).CopyTo(lanes);
    }
}
