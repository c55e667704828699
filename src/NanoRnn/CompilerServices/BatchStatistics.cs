using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>
/// What makes a batch normalization of a batch: mean and variance of each feature over its rows, and the way back through them. Rows are those of all
/// steps, sequences side by side; a mask has a number for each of them, 0 for one that does not count.
/// </summary>
/// <remarks>
/// Sums run over the rows in their order, a block of <see cref="BlockRows"/> at a time, for each feature by itself: pieces of features do not interact,
/// and how they are shared out changes no bit.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchStatistics
{
    /// <summary>Features of a piece, which one thread takes as a whole.</summary>
    private const int PieceFeatures = 16;

    /// <summary>Rows whose sum is formed before it is added to the others, so that its rounding errors stay small.</summary>
    private const int BlockRows = 128;

    /// <summary>What is summed up of a row.</summary>
    private interface ITerm
    {
        /// <param name="a">A number of the first rows.</param>
        /// <param name="b">That of the second ones, or of the feature.</param>
        static abstract Vector128<float> Of(Vector128<float> a, Vector128<float> b);
    }

    /// <summary>Number of pieces.</summary>
    public static int CountPieces(int rowLength) => (rowLength - 1) / PieceFeatures + 1;

    /// <summary>Mean and variance of some pieces' features over the rows that count; where none does, those of <paramref name="moving"/>.</summary>
    /// <param name="statistics">Receives a row of means, then one of variances.</param>
    /// <param name="moving">The same of the batches before.</param>
    /// <param name="x">The rows.</param>
    /// <param name="xStride">Floats from one row to the next.</param>
    /// <param name="mask">Which rows count; a null reference if all do.</param>
    /// <param name="features">Features of a row.</param>
    /// <param name="rowLength">Floats of a row of statistics.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="firstPiece">The first piece.</param>
    /// <param name="endPiece">The piece behind the last one.</param>
    public static void Compute(
        ref float statistics, ref float moving, ref float x, nint xStride, ref float mask, int features, int rowLength, nint rows, nint firstPiece, nint endPiece)
    {
        ref var variances = ref Unsafe.Add(ref statistics, rowLength);
        var counted = Count(ref mask, rows);
        var (first, end) = Features(features, firstPiece, endPiece);
        for (var i = first; i < end; i += Vector128<float>.Count)
        {
            var isNone = counted == 0;
            var (mean, variance) = (Vector128.LoadUnsafe(ref moving, (nuint)i), Vector128.LoadUnsafe(ref Unsafe.Add(ref moving, rowLength), (nuint)i));
            if (!isNone)
            {
                mean = Sum<Value>(ref Unsafe.Add(ref x, i), xStride, default, ref Unsafe.NullRef<float>(), 0, ref mask, features - i, rows) / counted;
                variance = Sum<SquaredDifference>(ref Unsafe.Add(ref x, i), xStride, mean, ref Unsafe.NullRef<float>(), 0, ref mask, features - i, rows) / counted;
            }

            mean.StoreUnsafe(ref statistics, (nuint)i);
            variance.StoreUnsafe(ref variances, (nuint)i);
        }
    }

    /// <summary>
    /// Of some pieces' features the sums of dx̂ and of dx̂·x̂ over all rows, divided by the number of those that count: what the statistics hand back to
    /// each of them.
    /// </summary>
    /// <param name="means">Receives a row of the first, then one of the second.</param>
    /// <param name="normalized">x̂.</param>
    /// <param name="arriving">dx̂.</param>
    /// <param name="mask">Which rows count; a null reference if all do.</param>
    /// <param name="features">Features of a row.</param>
    /// <param name="rowLength">Floats of a row of any of them.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="firstPiece">The first piece.</param>
    /// <param name="endPiece">The piece behind the last one.</param>
    public static void ComputeBackward(
        ref float means, ref float normalized, ref float arriving, ref float mask, int features, int rowLength, nint rows, nint firstPiece, nint endPiece)
    {
        var counted = Math.Max(1, Count(ref mask, rows));
        ref var all = ref Unsafe.NullRef<float>();
        var (first, end) = Features(features, firstPiece, endPiece);
        for (var i = first; i < end; i += Vector128<float>.Count)
        {
            ref var gradient = ref Unsafe.Add(ref arriving, i);
            var mean = Sum<Value>(ref gradient, rowLength, default, ref all, 0, ref all, features - i, rows) / counted;
            var projection = Sum<Product>(ref gradient, rowLength, default, ref Unsafe.Add(ref normalized, i), rowLength, ref all, features - i, rows) / counted;
            mean.StoreUnsafe(ref means, (nuint)i);
            projection.StoreUnsafe(ref Unsafe.Add(ref means, rowLength), (nuint)i);
        }
    }

    /// <summary>
    /// The gradient of the input, (dx̂ − mean(dx̂) − x̂·mean(dx̂·x̂)) / √(variance + ε); of a row that does not count dx̂ / √(variance + ε).
    /// </summary>
    public static void Backward(
        ref float statistics, float epsilon, ref float means, ref float normalized, ref float arriving, ref float below, ref float mask,
        int features, int rowLength, nint rows, bool accumulates)
    {
        for (nint i = 0; i < features; i += Vector128<float>.Count)
        {
            var deviation = Vector128.Sqrt(Vector128.LoadUnsafe(ref Unsafe.Add(ref statistics, rowLength), (nuint)i) + Vector128.Create(epsilon));
            var mean = Vector128.LoadUnsafe(ref means, (nuint)i);
            var projection = Vector128.LoadUnsafe(ref Unsafe.Add(ref means, rowLength), (nuint)i);
            for (nint row = 0; row < rows; row++)
            {
                var place = (nuint)(row * rowLength + i);
                var gradient = Vector128.LoadUnsafe(ref arriving, place);
                if (Counts(ref mask, row))
                    gradient = Vector128.FusedMultiplyAdd(-Vector128.LoadUnsafe(ref normalized, place), projection, gradient - mean);
                gradient /= deviation;
                (accumulates ? Vector128.LoadUnsafe(ref below, place) + gradient : gradient).StoreUnsafe(ref below, place);
            }
        }
    }

    /// <summary>Moves the moving averages of a model by the statistics of a batch, which lie at the same places of <paramref name="gradients"/>.</summary>
    internal static void Move(ModelLayout layout, Span<float> weights, ReadOnlySpan<float> gradients)
    {
        foreach (var statistics in layout.BatchStatistics)
        {
            var momentum = statistics.Momentum;
            for (var i = statistics.Offset; i < statistics.Offset + 2 * statistics.RowLength; i++)
                weights[i] = weights[i] * momentum + gradients[i] * (1 - momentum);
        }
    }

    private static (nint First, nint End) Features(int features, nint firstPiece, nint endPiece) =>
        (firstPiece * PieceFeatures, nint.Min(endPiece * PieceFeatures, features));

    private static bool Counts(ref float mask, nint row) => Unsafe.IsNullRef(ref mask) || Unsafe.Add(ref mask, row) != 0;

    private static int Count(ref float mask, nint rows)
    {
        var counted = 0;
        for (nint row = 0; row < rows; row++)
            counted += Counts(ref mask, row) ? 1 : 0;
        return counted;
    }

    private static Vector128<float> Sum<TTerm>(
        ref float x, nint xStride, Vector128<float> second, ref float other, nint otherStride, ref float mask, nint features, nint rows)
        where TTerm : struct, ITerm
    {
        var sum = Vector128<float>.Zero;
        for (nint start = 0; start < rows; start += BlockRows)
        {
            var block = Vector128<float>.Zero;
            for (var row = start; row < nint.Min(rows, start + BlockRows); row++)
            {
                if (!Counts(ref mask, row))
                    continue;
                if (otherStride > 0)
                    second = Vector128.LoadUnsafe(ref other, (nuint)(row * otherStride));
                block += TTerm.Of(FeatureScaling.Load(ref Unsafe.Add(ref x, row * xStride), features), second);
            }

            sum += block;
        }

        return sum;
    }

    private readonly struct Value : ITerm
    {
        public static Vector128<float> Of(Vector128<float> a, Vector128<float> b) => a;
    }

    private readonly struct SquaredDifference : ITerm
    {
        public static Vector128<float> Of(Vector128<float> a, Vector128<float> b) => (a - b) * (a - b);
    }

    /// <summary>Where no gradient arrives the product is zero: rows behind a sequence's end may hold anything.</summary>
    private readonly struct Product : ITerm
    {
        public static Vector128<float> Of(Vector128<float> a, Vector128<float> b) =>
            Vector128.ConditionalSelect(Vector128.Equals(a, Vector128<float>.Zero), Vector128<float>.Zero, a * b);
    }
}
