using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Reductions over padded vectors of units: whole blocks of 16 lanes and a last block of 8 or 4. On every width the sums are 16
/// partial sums, folded 16 → 8 → 4 → 2 → 1; a last block joins where the fold has come down to its size.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneReduction
{
    private const int BlockLanes = 16;

    /// <summary>Σ a·b over <paramref name="length"/> floats, a multiple of 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static float Dot(ref float a, ref float b, int length)
    {
        var i = 0;
        Vector256<float> sum8;
        if (Vector512.IsHardwareAccelerated)
        {
            var sum = Vector512<float>.Zero;
            for (; i <= length - BlockLanes; i += BlockLanes)
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)i), Vector512.LoadUnsafe(ref b, (nuint)i), sum);
            sum8 = sum.GetLower() + sum.GetUpper();
        }
        else
        {
            var (low, high) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (; i <= length - BlockLanes; i += BlockLanes)
            {
                low = MultiplyAdd8(ref a, ref b, i, low);
                high = MultiplyAdd8(ref a, ref b, i + 8, high);
            }

            sum8 = low + high;
        }

        if ((length & 8) != 0)
            sum8 += MultiplyAdd8(ref a, ref b, i, Vector256<float>.Zero);
        var sum4 = sum8.GetLower() + sum8.GetUpper();
        if ((length & 4) != 0)
            sum4 += Vector128.LoadUnsafe(ref a, (nuint)i) * Vector128.LoadUnsafe(ref b, (nuint)i);
        return Fold(sum4);
    }

    /// <summary>Σ a over <paramref name="length"/> floats, a multiple of 4.</summary>
    public static float Sum(ref float a, int length)
    {
        var i = 0;
        var (low, high) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (; i <= length - BlockLanes; i += BlockLanes)
        {
            low += Vector256.LoadUnsafe(ref a, (nuint)i);
            high += Vector256.LoadUnsafe(ref a, (nuint)i + 8);
        }

        var sum8 = low + high;
        if ((length & 8) != 0)
            sum8 += Vector256.LoadUnsafe(ref a, (nuint)i);
        var sum4 = sum8.GetLower() + sum8.GetUpper();
        if ((length & 4) != 0)
            sum4 += Vector128.LoadUnsafe(ref a, (nuint)i);
        return Fold(sum4);
    }

    /// <summary>The largest of <paramref name="length"/> floats, a multiple of 4; NaN if one of them is.</summary>
    public static float Max(ref float a, int length)
    {
        var max = Vector128.LoadUnsafe(ref a);
        for (var i = 4; i < length; i += 4)
            max = Vector128.Max(max, Vector128.LoadUnsafe(ref a, (nuint)i));
        return float.Max(float.Max(max[0], max[1]), float.Max(max[2], max[3]));
    }

    private static Vector256<float> MultiplyAdd8(ref float a, ref float b, int i, Vector256<float> sum) =>
        Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a, (nuint)i), Vector256.LoadUnsafe(ref b, (nuint)i), sum);

    private static float Fold(Vector128<float> sum)
    {
        var sum2 = sum.GetLower() + sum.GetUpper();
        return sum2[0] + sum2[1];
    }
}
