using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NanoRnn.CompilerServices;

/// <summary>More positions before and behind those of each row: zeros, or a reflection of what lies within.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PositionPadding
{
    /// <summary>Rows with their padding.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="xStride">Floats from one to the next.</param>
    /// <param name="y">Receives them with their padding.</param>
    /// <param name="rowLength">Floats from one of those to the next.</param>
    /// <param name="positions">Positions of a row.</param>
    /// <param name="channels">Channels of a position.</param>
    /// <param name="before">Positions before the first one.</param>
    /// <param name="behind">Positions behind the last one.</param>
    /// <param name="reflects">Whether they are those that lie as far within; else zeros.</param>
    /// <param name="rows">Number of rows.</param>
    public static void Forward(
        ref float x, nint xStride, ref float y, int rowLength, int positions, int channels, int before, int behind, bool reflects, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            ref var source = ref Unsafe.Add(ref x, row * xStride);
            ref var target = ref Unsafe.Add(ref y, row * rowLength);
            RowOperations.Copy(ref source, 0, ref Unsafe.Add(ref target, before * channels), 0, positions * channels, rows: 1);
            for (var i = FirstOf(before, positions); i < positions + behind; i = Next(i, positions))
            {
                ref var position = ref Unsafe.Add(ref target, (before + i) * channels);
                if (reflects)
                    RowOperations.Copy(ref Unsafe.Add(ref source, Reflect(i, positions) * channels), 0, ref position, 0, channels, rows: 1);
                else
                    RowOperations.Clear(ref position, channels);
            }
        }
    }

    /// <summary>The gradient of the rows: what arrives at their positions, and at the reflections of these.</summary>
    public static void Backward(
        ref float arriving, int rowLength, ref float below, nint belowStride, int positions, int channels, int before, int behind, bool reflects, nint rows,
        bool accumulates)
    {
        for (nint row = 0; row < rows; row++)
        {
            ref var source = ref Unsafe.Add(ref arriving, row * rowLength);
            ref var target = ref Unsafe.Add(ref below, row * belowStride);
            if (accumulates)
                RowOperations.Add(ref Unsafe.Add(ref source, before * channels), 0, ref target, 0, positions * channels, rows: 1);
            else
                RowOperations.Copy(ref Unsafe.Add(ref source, before * channels), 0, ref target, 0, positions * channels, rows: 1);
            for (var i = FirstOf(before, positions); reflects && i < positions + behind; i = Next(i, positions))
                RowOperations.Add(
                    ref Unsafe.Add(ref source, (before + i) * channels), 0, ref Unsafe.Add(ref target, Reflect(i, positions) * channels), 0, channels, rows: 1);
        }
    }

    /// <summary>The first position that is added.</summary>
    private static int FirstOf(int before, int positions) => before > 0 ? -before : positions;

    private static int Next(int position, int positions) => position == -1 ? positions : position + 1;

    /// <summary>The position that lies as far within as one lies beyond the first or the last.</summary>
    private static int Reflect(int position, int positions) => position < 0 ? -position : 2 * (positions - 1) - position;
}
