using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The two outputs of a bidirectional layer as one, and the way back. Rows of the two have <c>sourceLength</c> floats, of which
/// <c>units</c> are features; rows of the one have <c>rowLength</c>, which differs for the concatenation alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Merging
{
    /// <summary>First the one, then the other; what lies behind becomes 0.</summary>
    public static void Concat(ref float a, ref float b, ref float y, int units, int sourceLength, int rowLength, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var target = RowOperations.Row(ref y, row, rowLength);
            RowOperations.Row(ref a, row, sourceLength)[..units].CopyTo(target);
            RowOperations.Row(ref b, row, sourceLength)[..units].CopyTo(target[units..]);
            target[(2 * units)..].Clear();
        }
    }

    /// <summary>a + b</summary>
    public static void Sum(ref float a, ref float b, ref float y, int units, int sourceLength, int rowLength, nint rows) =>
        TensorPrimitives.Add(All(ref a, rowLength, rows), All(ref b, rowLength, rows), All(ref y, rowLength, rows));

    /// <summary>a · b</summary>
    public static void Multiply(ref float a, ref float b, ref float y, int units, int sourceLength, int rowLength, nint rows) =>
        TensorPrimitives.Multiply(All(ref a, rowLength, rows), All(ref b, rowLength, rows), All(ref y, rowLength, rows));

    /// <summary>(a + b) / 2</summary>
    public static void Average(ref float a, ref float b, ref float y, int units, int sourceLength, int rowLength, nint rows)
    {
        Sum(ref a, ref b, ref y, units, sourceLength, rowLength, rows);
        TensorPrimitives.Multiply(All(ref y, rowLength, rows), 0.5f, All(ref y, rowLength, rows));
    }

    /// <summary>The gradients of both parts.</summary>
    public static void ConcatBackward(ref float arriving, ref float da, ref float db, int units, int sourceLength, int rowLength, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var source = RowOperations.Row(ref arriving, row, rowLength);
            CopyPadded(source[..units], RowOperations.Row(ref da, row, sourceLength));
            CopyPadded(source.Slice(units, units), RowOperations.Row(ref db, row, sourceLength));
        }
    }

    /// <summary>The gradients of a and b are the arriving one.</summary>
    public static void SumBackward(ref float arriving, ref float da, ref float db, int units, int sourceLength, int rowLength, nint rows)
    {
        All(ref arriving, rowLength, rows).CopyTo(All(ref da, rowLength, rows));
        All(ref arriving, rowLength, rows).CopyTo(All(ref db, rowLength, rows));
    }

    /// <summary>The gradients of a and b are half the arriving one.</summary>
    public static void AverageBackward(ref float arriving, ref float da, ref float db, int units, int sourceLength, int rowLength, nint rows)
    {
        TensorPrimitives.Multiply(All(ref arriving, rowLength, rows), 0.5f, All(ref da, rowLength, rows));
        All(ref da, rowLength, rows).CopyTo(All(ref db, rowLength, rows));
    }

    /// <summary>The gradient of each is the arriving one times the other.</summary>
    public static void MultiplyBackward(
        ref float arriving, ref float a, ref float b, ref float da, ref float db, int units, int sourceLength, int rowLength, nint rows)
    {
        TensorPrimitives.Multiply(All(ref arriving, rowLength, rows), All(ref b, rowLength, rows), All(ref da, rowLength, rows));
        TensorPrimitives.Multiply(All(ref arriving, rowLength, rows), All(ref a, rowLength, rows), All(ref db, rowLength, rows));
    }

    private static void CopyPadded(ReadOnlySpan<float> source, Span<float> target)
    {
        source.CopyTo(target);
        target[source.Length..].Clear();
    }

    private static Span<float> All(ref float first, int length, nint rows) => MemoryMarshal.CreateSpan(ref first, (int)(rows * length));
}
