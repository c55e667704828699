using System.Numerics.Tensors;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>Carries out the clipping that an <see cref="Optimizer"/> asks for.</summary>
internal sealed class GradientClipping
{
    private readonly Optimizer _optimizer;
    private readonly ModelLayout _layout;

    // Where the elements of each tensor lie; only to clip tensor by tensor.
    private readonly int[][] _indices;

    public GradientClipping(Optimizer optimizer, ModelLayout layout)
    {
        _optimizer = optimizer;
        _layout = layout;
        _indices = optimizer.ClipNorm is null ? [] : FindIndices(layout);
    }

    /// <summary>Clips the gradient in place, but for a factor of all elements that is left to the update.</summary>
    /// <returns>The factor.</returns>
    public float Clip(Span<float> gradients)
    {
        if (_optimizer.ClipNorm is { } norm)
        {
            foreach (var indices in _indices)
                ClipTensor(gradients, indices, (float)norm);
        }
        else if (_optimizer.GlobalClipNorm is { } globalNorm)
        {
            var found = Math.Sqrt(PartialSums.OfSquares(gradients));
            if (double.IsFinite(found))
                return found > (float)globalNorm ? (float)((float)globalNorm / found) : 1;
            Invalidate(gradients);
        }
        else if (_optimizer.ClipValue is { } bound)
        {
            TensorPrimitives.Clamp(gradients, -(float)bound, (float)bound, gradients);
        }

        return 1;
    }

    private static void ClipTensor(Span<float> gradients, int[] indices, float norm)
    {
        Span<double> sums = stackalloc double[PartialSums.Count];
        sums.Clear();
        for (var i = 0; i < indices.Length; i++)
        {
            double element = gradients[indices[i]];
            sums[i % PartialSums.Count] += element * element;
        }

        var found = Math.Sqrt(new PartialSums(sums).Fold());
        if (found <= norm)
            return;
        var scale = (float)(norm / found);
        foreach (var index in indices)
            gradients[index] *= scale;
    }

    // As in Keras a gradient without a norm makes every weight NaN, so that it is noticed; padding is spared.
    private void Invalidate(Span<float> gradients)
    {
        foreach (var tensor in _layout.Tensors)
        {
            if (!tensor.IsTrainable)
                continue;
            for (var row = 0; row < tensor.Rows; row++)
            {
                for (var column = 0; column < tensor.Columns; column++)
                    gradients[tensor.IndexOf(row, column)] = float.NaN;
            }
        }
    }

    private static int[][] FindIndices(ModelLayout layout)
    {
        var indices = new List<int[]>();
        foreach (var tensor in layout.Tensors)
        {
            if (tensor.IsTrainable)
                indices.Add(GetIndices(tensor));
        }

        return [.. indices];
    }

    private static int[] GetIndices(TensorLayout tensor)
    {
        var indices = new int[tensor.Rows * tensor.Columns];
        for (var i = 0; i < indices.Length; i++)
        {
            var (row, column) = int.DivRem(i, tensor.Columns);
            indices[i] = tensor.IndexOf(row, column);
        }

        return indices;
    }
}
