using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>
/// Inverted dropout. A factor depends on the trainer's seed, the number of the optimizer step, the layer and its place in the batch
/// alone, so that threads, shards and widths do not change it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dropout
{
    /// <summary>Fills rows with the factors 0 and 1 / (1 − rate); with 1 where the workspace is not training.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="layer">Number of the layer.</param>
    /// <param name="rate">Share of zeros.</param>
    /// <param name="firstRow">Number of the first row among all that the layer draws: of all sequences of the workspace, step by step.</param>
    /// <param name="factors">The rows.</param>
    /// <param name="features">Features of a row.</param>
    /// <param name="rowLength">Floats of a row; those behind the features become 0.</param>
    /// <param name="rows">How many rows.</param>
    public static void Draw(
        TrainingWorkspace workspace, int layer, float rate, nint firstRow, ref float factors, int features, int rowLength, nint rows)
    {
        var scale = 1 / (1 - rate);

        // The top 24 bits are a number of 2⁻²⁴ steps between 0 and 1.
        var threshold = (uint)(rate * (1 << 24));
        var key = workspace.DropoutKey + (ulong)layer * 0xD1B54A32D192ED03;
        var (step, sequence) = Math.DivRem(firstRow, workspace.Rows);
        var firstOfBatch = step * (workspace.RowsBefore + workspace.Rows + workspace.RowsBehind) + workspace.RowsBefore + sequence;
        for (nint row = 0; row < rows; row++)
        {
            var target = RowOperations.Row(ref factors, row, rowLength);
            target[features..].Clear();
            target = target[..features];
            if (!workspace.IsTraining)
            {
                target.Fill(1);
                continue;
            }

            var counter = key + (ulong)(firstOfBatch + row) * (ulong)features;
            for (var i = 0; i < target.Length; i++)
                target[i] = RandomGenerator.SplitMixAt(counter + (ulong)i) >> 40 < threshold ? 0 : scale;
        }
    }

    /// <summary>Rows times their factors. What lies behind the features becomes 0.</summary>
    public static void Apply(
        ref float x, nint xStride, ref float factors, ref float y, int features, int rowLength, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var target = RowOperations.Row(ref y, row, rowLength);
            TensorPrimitives.Multiply(
                MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref x, row * xStride), features),
                RowOperations.Row(ref factors, row, rowLength)[..features],
                target);
            target[features..].Clear();
        }
    }

    /// <summary>The gradient of what was dropped from: the arriving one times the factors.</summary>
    public static void Backward(ref float arriving, ref float factors, ref float below, nint length, bool accumulates)
    {
        var source = MemoryMarshal.CreateReadOnlySpan(ref arriving, (int)length);
        var scales = MemoryMarshal.CreateReadOnlySpan(ref factors, (int)length);
        var target = MemoryMarshal.CreateSpan(ref below, (int)length);
        if (accumulates)
            TensorPrimitives.FusedMultiplyAdd(source, scales, target, target);
        else
            TensorPrimitives.Multiply(source, scales, target);
    }
}
