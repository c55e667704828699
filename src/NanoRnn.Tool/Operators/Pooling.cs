using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>The largest value or the mean of windows over one axis.</summary>
internal static class Pooling
{
    public static Tensor Pool(OperatorCall call)
    {
        var (over, axis) = ConvolutionGeometry.OverOneAxis(call)
            ?? throw new UnsupportedModelException($"node {call.Node}: NanoRnn has no layer for pooling over several axes. Cut the model there.");
        var (data, positions) = (over[0], over[0].Shape[2]);
        var geometry = ConvolutionGeometry.Of(over, positions, over.Node.Integers("kernel_shape") is [var size] ? size : 0);
        int[] shape = [data.Shape[0], data.Shape[1], geometry.Count(positions)];
        var result = call.Allocate(shape);
        call.CheckWork(result.Length, geometry.KernelSize);
        var (isMaximum, countsPadding) = (call.Node.Kind == "MaxPool", call.Node.Integer("count_include_pad", 0) != 0);
        for (var i = 0; i < result.Length; i++)
        {
            var (row, start) = (i / shape[2], i % shape[2] * geometry.Stride - geometry.Before);
            double[] seen = [.. Enumerable.Range(0, geometry.KernelSize).Select(tap => start + tap * geometry.Dilation).Where(position => position >= 0 && position < positions)
                .Select(position => data.Values[row * positions + position])];
            result[i] = isMaximum ? seen.DefaultIfEmpty(double.NegativeInfinity).Max() : seen.Sum() / (countsPadding ? geometry.KernelSize : Math.Max(1, seen.Length));
        }

        return ConvolutionGeometry.Restore(new Tensor(shape, result), call[0], axis);
    }

    /// <summary>Of all positions, which stay as dimensions of one.</summary>
    public static Tensor Global(OperatorCall call) => Reductions.Reduce(AsReduction(call));

    /// <summary>The same as a reduction.</summary>
    public static OperatorCall AsReduction(OperatorCall call)
    {
        call.Demand(call[0].Rank >= 3, $"expected data of three dimensions or more, found {Tensor.Describe(call[0].Shape)}");
        var attributes = new Dictionary<string, object>(StringComparer.Ordinal) { ["axes"] = Enumerable.Range(2, call[0].Rank - 2).Select(axis => (long)axis).ToArray() };
        return call with { Node = call.Node with { Kind = call.Node.Kind == "GlobalMaxPool" ? "ReduceMax" : "ReduceMean", Attributes = attributes } };
    }
}
