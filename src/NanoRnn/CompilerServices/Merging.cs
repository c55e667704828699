using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// The outputs of several layers as one, feature by feature, and the way back. A stride is the number of floats from one row to the next.
/// Where all rows lie alike they are worked on as one, with what lies between their features.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Merging
{
    /// <summary>y = a + b</summary>
    public static void Add(
        ref float a, nint aStride, ref float b, nint bStride, ref float y, nint yStride, int features, nint rows)
    {
        Join(aStride == yStride && bStride == yStride, yStride, ref features, ref rows);
        for (nint row = 0; row < rows; row++)
            TensorPrimitives.Add(Row(ref a, row, aStride, features), Row(ref b, row, bStride, features), Row(ref y, row, yStride, features));
    }

    /// <summary>y = a − b</summary>
    public static void Subtract(
        ref float a, nint aStride, ref float b, nint bStride, ref float y, nint yStride, int features, nint rows)
    {
        Join(aStride == yStride && bStride == yStride, yStride, ref features, ref rows);
        for (nint row = 0; row < rows; row++)
            TensorPrimitives.Subtract(Row(ref a, row, aStride, features), Row(ref b, row, bStride, features), Row(ref y, row, yStride, features));
    }

    /// <summary>y = a · b</summary>
    public static void Multiply(
        ref float a, nint aStride, ref float b, nint bStride, ref float y, nint yStride, int features, nint rows)
    {
        Join(aStride == yStride && bStride == yStride, yStride, ref features, ref rows);
        for (nint row = 0; row < rows; row++)
            TensorPrimitives.Multiply(Row(ref a, row, aStride, features), Row(ref b, row, bStride, features), Row(ref y, row, yStride, features));
    }

    /// <summary>y = y / divisor</summary>
    public static void Divide(ref float y, nint yStride, float divisor, int features, nint rows)
    {
        Join(true, yStride, ref features, ref rows);
        for (nint row = 0; row < rows; row++)
        {
            var values = Row(ref y, row, yStride, features);
            TensorPrimitives.Divide(values, divisor, values);
        }
    }

    /// <summary>below (+)= arriving · scale: the gradient of one of the terms of a sum.</summary>
    public static void ScaleBackward(
        ref float arriving, nint stride, float scale, ref float below, nint belowStride, int features, nint rows, bool accumulates)
    {
        Join(belowStride == stride, stride, ref features, ref rows);
        for (nint row = 0; row < rows; row++)
        {
            var source = Row(ref arriving, row, stride, features);
            var target = Row(ref below, row, belowStride, features);
            if (accumulates)
                TensorPrimitives.FusedMultiplyAdd(source, scale, target, target);
            else
                TensorPrimitives.Multiply(source, scale, target);
        }
    }

    /// <summary>below (+)= arriving · factor: the gradient of one factor of a product of two, by the other.</summary>
    public static void MultiplyBackward(
        ref float arriving, nint stride, ref float factor, nint factorStride, ref float below, nint belowStride, int features, nint rows, bool accumulates)
    {
        Join(factorStride == stride && belowStride == stride, stride, ref features, ref rows);
        for (nint row = 0; row < rows; row++)
        {
            var source = Row(ref arriving, row, stride, features);
            var other = Row(ref factor, row, factorStride, features);
            var target = Row(ref below, row, belowStride, features);
            if (accumulates)
                TensorPrimitives.FusedMultiplyAdd(source, other, target, target);
            else
                TensorPrimitives.Multiply(source, other, target);
        }
    }

    /// <summary>
    /// Rows that lie one behind the other as one row, which ends with the features of the last: the rows of a model's input may happen to lie
    /// like padded ones, and there is nothing behind the last of them.
    /// </summary>
    private static void Join(bool isContiguous, nint stride, ref int features, ref nint rows)
    {
        if (isContiguous && rows > 0)
            (features, rows) = ((int)((rows - 1) * stride) + features, 1);
    }

    private static Span<float> Row(ref float first, nint row, nint stride, int features) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref first, row * stride), features);
}
