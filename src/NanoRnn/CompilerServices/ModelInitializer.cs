using System.ComponentModel;
using NanoRnn.Numerics;

namespace NanoRnn.CompilerServices;

/// <summary>Gives a new model its first weights, by Keras's default initialisers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelInitializer
{
    /// <summary>
    /// Fills every tensor as its <see cref="TensorLayout.Initializer"/> says, in the order of
    /// <see cref="ModelLayout.Tensors"/>, from one generator. Padding is left alone.
    /// </summary>
    /// <param name="layout">The model.</param>
    /// <param name="weights">Packed weights, zero so far; <see cref="ModelLayout.WeightLength"/> floats.</param>
    /// <param name="seed">The same seed gives the same weights on every platform.</param>
    public static void Initialize(ModelLayout layout, AlignedBuffer weights, int seed)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(weights);
        var random = new RandomGenerator((uint)seed);
        foreach (var tensor in layout.Tensors)
        {
            switch (tensor.Initializer)
            {
                case TensorInitializer.GlorotUniform:
                    FillGlorotUniform(tensor, weights.Span, ref random);
                    break;
                case TensorInitializer.Orthogonal:
                    FillOrthogonal(tensor, weights.Span, ref random);
                    break;
                case TensorInitializer.EmbeddingUniform:
                    FillUniform(tensor, weights.Span, 0.05f, ref random);
                    break;
                case TensorInitializer.Ones:
                    FillOnes(tensor, weights.Span);
                    break;
                case TensorInitializer.UnitForgetBias:
                    FillUnitForgetBias(tensor, weights.Span);
                    break;
            }
        }
    }

    // Keras computes the limit on the fused matrix: an LSTM's kernel has 4 · units columns.
    private static void FillGlorotUniform(TensorLayout tensor, Span<float> weights, ref RandomGenerator random) =>
        FillUniform(tensor, weights, (float)Math.Sqrt(6.0 / (tensor.Rows + tensor.Columns)), ref random);

    private static void FillOnes(TensorLayout tensor, Span<float> weights)
    {
        for (var column = 0; column < tensor.Columns; column++)
            weights[tensor.IndexOf(0, column)] = 1;
    }

    private static void FillUniform(TensorLayout tensor, Span<float> weights, float limit, ref RandomGenerator random)
    {
        for (var row = 0; row < tensor.Rows; row++)
        {
            for (var column = 0; column < tensor.Columns; column++)
                weights[tensor.IndexOf(row, column)] = random.NextUniform(-limit, limit);
        }
    }

    // Orthogonal as a whole, as in Keras, not gate by gate: rows of a wide matrix, columns of a tall one.
    private static void FillOrthogonal(TensorLayout tensor, Span<float> weights, ref RandomGenerator random)
    {
        var isWide = tensor.Rows < tensor.Columns;
        var count = Math.Min(tensor.Rows, tensor.Columns);
        var length = Math.Max(tensor.Rows, tensor.Columns);
        var stride = (length + PartialSums.Count - 1) / PartialSums.Count * PartialSums.Count;
        var vectors = new double[checked(count * stride)];
        for (var i = 0; i < length; i++)
        {
            for (var vector = 0; vector < count; vector++)
                vectors[vector * stride + i] = random.NextNormal();
        }

        Orthogonalization.Orthonormalize(vectors, stride);
        for (var row = 0; row < tensor.Rows; row++)
        {
            for (var column = 0; column < tensor.Columns; column++)
            {
                var (vector, i) = isWide ? (row, column) : (column, row);
                weights[tensor.IndexOf(row, column)] = (float)vectors[vector * stride + i];
            }
        }
    }

    private static void FillUnitForgetBias(TensorLayout tensor, Span<float> weights)
    {
        var units = tensor.Columns / 4;
        for (var column = units; column < 2 * units; column++)
            weights[tensor.IndexOf(0, column)] = 1;
    }
}
