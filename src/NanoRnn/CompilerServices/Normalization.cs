using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Layer normalization (Ba et al. 2016): x̂ = (x − mean) / σ with σ = √(variance + ε), y = γ·x̂ + β, over the features of a row. Weights
/// are a row of γ and a row of β, zero behind the features.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Normalization
{
    /// <summary>Rows for their outputs alone.</summary>
    public static void Predict(
        ref float weights, ref float x, nint xStride, ref float y, int features, int rowLength, float epsilon, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var target = RowOperations.Row(ref y, row, rowLength);
            Normalize(ref Unsafe.Add(ref x, row * xStride), target, features, epsilon);
            Scale(ref weights, target, target);
        }
    }

    /// <summary>Rows whose x̂, and 1/σ behind them, are recorded.</summary>
    public static void Forward(
        ref float weights, ref float x, nint xStride, ref float y, ref float record, int features, int rowLength, float epsilon, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var normalized = RecordRow(ref record, row, 0, rowLength);
            RecordRow(ref record, row, 1, rowLength)[0] = Normalize(ref Unsafe.Add(ref x, row * xStride), normalized, features, epsilon);
            Scale(ref weights, normalized, RowOperations.Row(ref y, row, rowLength));
        }
    }

    /// <summary>
    /// The gradient of the input, (dx̂ − mean(dx̂) − x̂·mean(dx̂·x̂)) / σ with dx̂ = γ·dy. Leaves the gradients of γ and β in the record,
    /// and dx̂ in the place of dy.
    /// </summary>
    public static void Backward(
        ref float weights, ref float arriving, ref float record, ref float below, bool accumulates, int features, int rowLength, nint rows)
    {
        var gamma = MemoryMarshal.CreateReadOnlySpan(ref weights, rowLength);
        for (nint row = 0; row < rows; row++)
        {
            var gradient = RowOperations.Row(ref arriving, row, rowLength);
            var normalized = RecordRow(ref record, row, 0, rowLength);
            var beta = RecordRow(ref record, row, 1, rowLength);
            var inverse = beta[0];
            gradient[..features].CopyTo(beta);
            TensorPrimitives.Multiply(gradient, gamma, gradient);
            var mean = LaneReduction.Sum(ref gradient[0], features) / features;
            var projection = LaneReduction.Dot(ref gradient[0], ref normalized[0], features) / features;
            var target = RowOperations.Row(ref below, row, rowLength);
            for (var i = 0; i < features; i++)
            {
                var value = inverse * MathF.FusedMultiplyAdd(-normalized[i], projection, gradient[i] - mean);
                target[i] = accumulates ? target[i] + value : value;
            }

            TensorPrimitives.Multiply(normalized, beta, normalized);
        }
    }

    /// <summary>Leaves the gradients of γ and β in the record.</summary>
    public static void Backward(ref float weights, ref float arriving, ref float record, int features, int rowLength, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var normalized = RecordRow(ref record, row, 0, rowLength);
            var beta = RecordRow(ref record, row, 1, rowLength);
            RowOperations.Row(ref arriving, row, rowLength)[..features].CopyTo(beta);
            TensorPrimitives.Multiply(normalized, beta, normalized);
        }
    }

    /// <summary>Fills the target with x̂ and returns 1/σ.</summary>
    private static float Normalize(ref float x, Span<float> target, int features, float epsilon)
    {
        var values = target[..features];
        MemoryMarshal.CreateReadOnlySpan(ref x, features).CopyTo(values);
        var mean = LaneReduction.Sum(ref target[0], features) / features;
        TensorPrimitives.Subtract(values, mean, values);
        var variance = LaneReduction.Dot(ref target[0], ref target[0], features) / features;
        var inverse = 1 / MathF.Sqrt(variance + epsilon);
        TensorPrimitives.Multiply(values, inverse, values);
        return inverse;
    }

    private static void Scale(ref float weights, ReadOnlySpan<float> normalized, Span<float> y) => TensorPrimitives.FusedMultiplyAdd(
        normalized,
        MemoryMarshal.CreateReadOnlySpan(ref weights, y.Length),
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref weights, y.Length), y.Length),
        y);

    private static Span<float> RecordRow(ref float record, nint row, int part, int rowLength) =>
        RowOperations.Row(ref record, 2 * row + part, rowLength);
}
