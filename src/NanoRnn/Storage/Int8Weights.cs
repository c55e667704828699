using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn.Storage;

/// <summary>Kernels of 8-bit integers: how floats become them, and what they are worth.</summary>
/// <remarks>The compiler packs weights with it too, so it compiles for netstandard2.0.</remarks>
internal static class Int8Weights
{
    /// <summary>
    /// Packs a kernel of floats. The scale of a column is its largest magnitude / 127, rounded to a float, and each element the integer next
    /// to element / scale, which is rounded to a float too; of two, the even one. A column of zeros has the scale zero.
    /// </summary>
    /// <param name="tensor">The kernel.</param>
    /// <param name="values">Finite numbers, row by row.</param>
    /// <param name="packed">The packed weights.</param>
    public static void Pack(Int8TensorLayout tensor, ReadOnlySpan<float> values, Span<byte> packed)
    {
        for (var column = 0; column < tensor.Columns; column++)
        {
            var largest = 0f;
            for (var i = column; i < values.Length; i += tensor.Columns)
                largest = Math.Max(largest, Math.Abs(values[i]));
            var scale = largest / Int8TensorLayout.MaxMagnitude;
            SetScale(tensor, column, scale, packed);
            for (var row = 0; row < tensor.Rows; row++)
                packed[tensor.IndexOf(row, column)] = (byte)(Int8MatrixLayout.ZeroByte + Round(values[row * tensor.Columns + column], scale));
        }
    }

    /// <summary>Sets the scale of a column.</summary>
    public static void SetScale(Int8TensorLayout tensor, int column, float scale, Span<byte> packed) =>
        MemoryMarshal.Cast<byte, float>(packed)[tensor.ScaleIndexOf(column)] = scale;

    /// <summary>The scale of a column.</summary>
    public static float GetScale(Int8TensorLayout tensor, int column, ReadOnlySpan<byte> packed) =>
        MemoryMarshal.Cast<byte, float>(packed)[tensor.ScaleIndexOf(column)];

    /// <summary>What an element is worth: its integer times the scale of its column.</summary>
    public static float Read(Int8TensorLayout tensor, int row, int column, ReadOnlySpan<byte> packed) =>
        (packed[tensor.IndexOf(row, column)] - Int8MatrixLayout.ZeroByte) * GetScale(tensor, column, packed);

    private static int Round(float value, float scale)
    {
        // A scale among the smallest numbers is coarse: the quotient may be larger than the integers are.
        var quotient = scale == 0 ? 0 : value / scale;
        return (int)Math.Round((double)Math.Max(-Int8TensorLayout.MaxMagnitude, Math.Min(Int8TensorLayout.MaxMagnitude, quotient)));
    }
}
