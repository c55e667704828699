using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Reductions over rows of units, of which only the units count: the lanes behind them may hold anything. On every width the sums are 16
/// partial sums, folded 16 → 8 → 4 → 2 → 1; what is left behind whole blocks of 16 joins where the fold has come down to its size.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneReduction
{
    private const int BlockLanes = 16;

    /// <summary>Σ a·b over <paramref name="length"/> floats. Rows are padded to blocks of 16 and a rest of 4, 8 or 16 lanes.</summary>
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
            if (length - i > 8)
            {
                var isUnit = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(length - i)).AsSingle();
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)i) & isUnit, Vector512.LoadUnsafe(ref b, (nuint)i) & isUnit, sum);
                i = length;
            }

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

            if (length - i > 8)
            {
                low = MultiplyAdd8(ref a, ref b, i, low);
                high = MultiplyAddRest8(ref a, ref b, i + 8, length, high);
                i = length;
            }

            sum8 = low + high;
        }

        if (length - i > 4)
        {
            // A step waits for this sum: whole registers are not masked.
            sum8 += length - i == 8
                ? MultiplyAdd8(ref a, ref b, i, Vector256<float>.Zero)
                : MultiplyAddRest8(ref a, ref b, i, length, Vector256<float>.Zero);
            i = length;
        }

        var sum4 = sum8.GetLower() + sum8.GetUpper();
        if (i < length)
        {
            var (a4, b4) = (Vector128.LoadUnsafe(ref a, (nuint)i), Vector128.LoadUnsafe(ref b, (nuint)i));
            if (length - i < 4)
                (a4, b4) = (a4 & IsUnit4(length - i), b4 & IsUnit4(length - i));
            sum4 += a4 * b4;
        }

        return Fold(sum4);
    }

    /// <summary>Σ a over <paramref name="length"/> floats, padded as those of <see cref="Dot"/>.</summary>
    public static float Sum(ref float a, int length)
    {
        var i = 0;
        var (low, high) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (; i <= length - BlockLanes; i += BlockLanes)
        {
            low += Vector256.LoadUnsafe(ref a, (nuint)i);
            high += Vector256.LoadUnsafe(ref a, (nuint)i + 8);
        }

        if (length - i > 8)
        {
            low += Vector256.LoadUnsafe(ref a, (nuint)i);
            high += Vector256.LoadUnsafe(ref a, (nuint)i + 8) & IsUnit8(length - i - 8);
            i = length;
        }

        var sum8 = low + high;
        if (length - i > 4)
        {
            sum8 += Vector256.LoadUnsafe(ref a, (nuint)i) & IsUnit8(length - i);
            i = length;
        }

        var sum4 = sum8.GetLower() + sum8.GetUpper();
        if (i < length)
            sum4 += Vector128.LoadUnsafe(ref a, (nuint)i) & IsUnit4(length - i);
        return Fold(sum4);
    }

    /// <summary>The largest of <paramref name="length"/> floats, at least one and padded to 4; NaN if one of them is.</summary>
    public static float Max(ref float a, int length)
    {
        // Behind the last one stands what is the largest before it.
        var max = Vector128.Create(a);
        var i = 0;
        for (; i <= length - 4; i += 4)
            max = Vector128.Max(max, Vector128.LoadUnsafe(ref a, (nuint)i));
        if (i < length)
            max = Vector128.Max(max, Vector128.ConditionalSelect(IsUnit4(length - i), Vector128.LoadUnsafe(ref a, (nuint)i), max));
        return float.Max(float.Max(max[0], max[1]), float.Max(max[2], max[3]));
    }

    private static Vector256<float> MultiplyAdd8(ref float a, ref float b, int i, Vector256<float> sum) =>
        Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a, (nuint)i), Vector256.LoadUnsafe(ref b, (nuint)i), sum);

    private static Vector256<float> MultiplyAddRest8(ref float a, ref float b, int i, int length, Vector256<float> sum)
    {
        var isUnit = IsUnit8(length - i);
        return Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a, (nuint)i) & isUnit, Vector256.LoadUnsafe(ref b, (nuint)i) & isUnit, sum);
    }

    private static Vector256<float> IsUnit8(int units) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(units)).AsSingle();

    private static Vector128<float> IsUnit4(int units) => Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(units)).AsSingle();

    private static float Fold(Vector128<float> sum)
    {
        if (AdvSimd.IsSupported)
        {
            var sum2 = sum.GetLower() + sum.GetUpper();
            return sum2[0] + sum2[1];
        }

        // Where 64 bits are no register they are memory, which is written in halves and read as a whole: that read waits for all before it.
        sum += Vector128.Shuffle(sum, Vector128.Create(2, 3, 0, 1));
        return sum[0] + sum[1];
    }
}
