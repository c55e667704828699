using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Attention: y = Σ aⱼ·vⱼ with a = softmax(e), where eⱼ = q·kⱼ (Luong et al. 2015), or eⱼ = Σ scale·tanh(q + kⱼ) (Bahdanau et al. 2014). Steps that
/// do not count have no weight; where none counts there are zeros. Nothing is recorded: the way back computes the weights again.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Attention
{
    private const int BlockLanes = 16;

    /// <summary>The outputs of all steps of the queries.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="lengths">Steps of each sequence's values, the first one's first; empty if all have all steps.</param>
    /// <param name="mask">Time-major, 1 for each step of each sequence that counts; a null reference if all do.</param>
    /// <param name="scale">The weights of the additive score; a null reference for the dot product.</param>
    /// <param name="scratch">Two times the steps of the values, and 32 floats.</param>
    /// <param name="queries">The first sequence's first query.</param>
    /// <param name="keys">The first sequence's first key.</param>
    /// <param name="values">The first sequence's first value.</param>
    /// <param name="y">The first sequence's first output.</param>
    public static void Forward<TFunctions>(
        in AttentionShape shape, ReadOnlySpan<int> lengths, ref float mask, ref float scale, ref float scratch, ref float queries, ref float keys,
        ref float values, ref float y)
        where TFunctions : struct, IAttentionFunctions
    {
        for (nint row = 0; row < shape.Rows; row++)
        {
            var length = LengthOf(shape, lengths, row);
            for (nint t = 0; t < shape.QuerySteps; t++)
            {
                ref var query = ref RowOperations.At(ref queries, (t * shape.Sequences + row) * shape.RowLength);
                var weights = Weigh<TFunctions>(shape, row, length, ref mask, ref scale, ref scratch, ref query, ref keys);
                var output = RowOperations.Row(ref y, t * shape.Sequences + row, shape.ValueLength)[..shape.ValueFeatures];
                output.Clear();
                for (var j = 0; j < length; j++)
                    if (Counts(shape, ref mask, row, j))
                        TensorPrimitives.FusedMultiplyAdd(Value(shape, ref values, row, j), weights[j], output, output);
            }
        }
    }

    /// <summary>From the gradients of the outputs to those of queries, keys and values, each of which may be a null reference.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="lengths">Steps of each sequence's values.</param>
    /// <param name="mask">Which steps count.</param>
    /// <param name="scale">The weights of the additive score, or a null reference.</param>
    /// <param name="scratch">Two times the steps of the values, and 32 floats.</param>
    /// <param name="queries">What the forward pass has had.</param>
    /// <param name="keys">What the forward pass has had.</param>
    /// <param name="values">What the forward pass has had.</param>
    /// <param name="arriving">The gradients of the outputs.</param>
    /// <param name="queryGradients">Receives those of the queries.</param>
    /// <param name="addsToQueries">Whether they have other readers, whose gradients are there.</param>
    /// <param name="keyGradients">Receives those of the keys.</param>
    /// <param name="addsToKeys">Whether they have other readers.</param>
    /// <param name="valueGradients">Receives those of the values.</param>
    /// <param name="addsToValues">Whether they have other readers.</param>
    /// <param name="scaleGradients">Receives a row of the gradient of the scale for each sequence.</param>
    public static void Backward<TFunctions>(
        in AttentionShape shape, ReadOnlySpan<int> lengths, ref float mask, ref float scale, ref float scratch, ref float queries, ref float keys,
        ref float values, ref float arriving, ref float queryGradients, bool addsToQueries, ref float keyGradients, bool addsToKeys,
        ref float valueGradients, bool addsToValues, ref float scaleGradients)
        where TFunctions : struct, IAttentionFunctions
    {
        Clear(ref queryGradients, addsToQueries, shape.RowLength, shape.QuerySteps, shape);
        Clear(ref valueGradients, addsToValues, shape.ValueLength, shape.ValueSteps, shape);
        Clear(ref keyGradients, addsToKeys, shape.RowLength, shape.ValueSteps, shape);
        Clear(ref scaleGradients, false, shape.RowLength, 1, shape);
        for (nint row = 0; row < shape.Rows; row++)
        {
            var length = LengthOf(shape, lengths, row);
            for (nint t = 0; t < shape.QuerySteps; t++)
            {
                var place = t * shape.Sequences + row;
                ref var query = ref RowOperations.At(ref queries, place * shape.RowLength);
                var weights = Weigh<TFunctions>(shape, row, length, ref mask, ref scale, ref scratch, ref query, ref keys);
                var slopes = MemoryMarshal.CreateSpan(ref RowOperations.At(ref scratch, shape.ValueSteps + BlockLanes), length);
                ref var output = ref RowOperations.At(ref arriving, place * shape.ValueLength);
                for (var j = 0; j < length; j++)
                {
                    slopes[j] = 0;
                    if (!Counts(shape, ref mask, row, j))
                        continue;
                    slopes[j] = LaneReduction.Dot(ref output, ref RowOperations.At(ref values, At(shape, row, j) * shape.ValueLength), shape.ValueFeatures);
                    if (!Unsafe.IsNullRef(ref valueGradients))
                    {
                        var target = Value(shape, ref valueGradients, row, j);
                        TensorPrimitives.FusedMultiplyAdd(MemoryMarshal.CreateReadOnlySpan(ref output, shape.ValueFeatures), weights[j], target, target);
                    }
                }

                var mean = length == 0 ? 0 : LaneReduction.Dot(ref weights[0], ref slopes[0], length);
                for (var j = 0; j < length; j++)
                    if (Counts(shape, ref mask, row, j))
                        Spread<TFunctions>(
                            shape.Features, weights[j] * (slopes[j] - mean), ref scale, ref query, ref RowOperations.At(ref keys, At(shape, row, j) * shape.RowLength),
                            ref OrNull(ref queryGradients, place * shape.RowLength), ref OrNull(ref keyGradients, At(shape, row, j) * shape.RowLength),
                            ref OrNull(ref scaleGradients, row * shape.RowLength));
            }
        }
    }

    /// <summary>The weights of a query, at the front of the scratch.</summary>
    private static Span<float> Weigh<TFunctions>(
        in AttentionShape shape, nint row, int length, ref float mask, ref float scale, ref float scratch, ref float query, ref float keys)
        where TFunctions : struct, IAttentionFunctions
    {
        var weights = MemoryMarshal.CreateSpan(ref scratch, length);
        if (length == 0)
            return weights;
        for (var j = 0; j < length; j++)
        {
            ref var key = ref RowOperations.At(ref keys, At(shape, row, j) * shape.RowLength);
            weights[j] = !Counts(shape, ref mask, row, j) ? float.NegativeInfinity
                : Unsafe.IsNullRef(ref scale) ? LaneReduction.Dot(ref query, ref key, shape.Features)
                : Score<TFunctions>(shape.Features, ref scale, ref query, ref key);
        }

        var max = LaneReduction.Max(ref scratch, length);
        if (float.IsNegativeInfinity(max))
        {
            weights.Clear();
            return weights;
        }

        for (var j = 0; j < length; j += BlockLanes)
            TFunctions.Exp(Vector512.LoadUnsafe(ref scratch, (nuint)j) - Vector512.Create(max)).StoreUnsafe(ref scratch, (nuint)j);
        TensorPrimitives.Divide(weights, LaneReduction.Sum(ref scratch, length), weights);
        return weights;
    }

    private static float Score<TFunctions>(int features, ref float scale, ref float query, ref float key)
        where TFunctions : struct, IAttentionFunctions
    {
        var sum = Vector512<float>.Zero;
        for (var i = 0; i < features; i += BlockLanes)
            sum = Vector512.FusedMultiplyAdd(
                Load(ref scale, i, features), TFunctions.Tanh(Load(ref query, i, features) + Load(ref key, i, features)), sum);
        return LaneReduction.Sum(ref Unsafe.As<Vector512<float>, float>(ref sum), BlockLanes);
    }

    /// <summary>The gradient of one score to what it was made of.</summary>
    private static void Spread<TFunctions>(
        int features, float gradient, ref float scale, ref float query, ref float key, ref float queryGradient, ref float keyGradient, ref float scaleGradient)
        where TFunctions : struct, IAttentionFunctions
    {
        for (var i = 0; i < features; i += BlockLanes)
        {
            var (q, k) = (Load(ref query, i, features), Load(ref key, i, features));
            if (Unsafe.IsNullRef(ref scale))
            {
                Accumulate(gradient, k, ref queryGradient, i, features);
                Accumulate(gradient, q, ref keyGradient, i, features);
                continue;
            }

            var tanh = TFunctions.Tanh(q + k);
            Accumulate(gradient, tanh, ref scaleGradient, i, features);
            var slope = Load(ref scale, i, features) * Vector512.FusedMultiplyAdd(-tanh, tanh, Vector512<float>.One);
            Accumulate(gradient, slope, ref queryGradient, i, features);
            Accumulate(gradient, slope, ref keyGradient, i, features);
        }
    }

    /// <summary>Adds a multiple of a block to one of a row, unless that is a null reference.</summary>
    private static void Accumulate(float factor, Vector512<float> block, ref float row, int i, int features)
    {
        if (Unsafe.IsNullRef(ref row))
            return;
        var sum = Vector512.FusedMultiplyAdd(block, Vector512.Create(factor), Load(ref row, i, features));
        if (features - i > 8)
            sum.StoreUnsafe(ref row, (nuint)i);
        else if (features - i > 4)
            sum.GetLower().StoreUnsafe(ref row, (nuint)i);
        else
            sum.GetLower().GetLower().StoreUnsafe(ref row, (nuint)i);
    }

    /// <summary>A block of a row, which is padded to 16 lanes, or 8 or 4 where there are no more features; zeros behind the features.</summary>
    private static Vector512<float> Load(ref float row, int i, int features)
    {
        var rest = features - i;
        if (rest >= BlockLanes)
            return Vector512.LoadUnsafe(ref row, (nuint)i);
        var lanes = rest > 8 ? Vector512.LoadUnsafe(ref row, (nuint)i)
            : rest > 4 ? Vector512.Create(Vector256.LoadUnsafe(ref row, (nuint)i), Vector256<float>.Zero)
            : Vector512.Create(Vector256.Create(Vector128.LoadUnsafe(ref row, (nuint)i), Vector128<float>.Zero), Vector256<float>.Zero);
        return lanes & Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(rest)).AsSingle();
    }

    private static void Clear(ref float rows, bool accumulates, int rowLength, nint steps, in AttentionShape shape)
    {
        if (!accumulates && !Unsafe.IsNullRef(ref rows))
            RowOperations.ClearSteps(ref rows, rowLength, steps, shape.Sequences, shape.Rows);
    }

    private static int LengthOf(in AttentionShape shape, ReadOnlySpan<int> lengths, nint row) => lengths.IsEmpty ? (int)shape.ValueSteps : lengths[(int)row];

    private static bool Counts(in AttentionShape shape, ref float mask, nint row, int step) =>
        Unsafe.IsNullRef(ref mask) || RowOperations.At(ref mask, At(shape, row, step)) != 0;

    /// <summary>The row of a sequence at a step.</summary>
    private static nint At(in AttentionShape shape, nint row, int step) => step * shape.Sequences + row;

    private static Span<float> Value(in AttentionShape shape, ref float values, nint row, int step) =>
        RowOperations.Row(ref values, At(shape, row, step), shape.ValueLength)[..shape.ValueFeatures];

    private static ref float OrNull(ref float place, nint offset) =>
        ref Unsafe.IsNullRef(ref place) ? ref Unsafe.NullRef<float>() : ref RowOperations.At(ref place, offset);
}
