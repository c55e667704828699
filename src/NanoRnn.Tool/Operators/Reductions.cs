using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>Operators on the numbers along axes.</summary>
internal static class Reductions
{
    /// <summary>What a reduction makes of the numbers of a row, or null.</summary>
    public static Func<double[], double>? Find(string kind) => kind switch
    {
        "ReduceMean" => row => row.Sum() / row.Length,
        "ReduceSum" => row => row.Sum(),
        "ReduceMax" => row => row.Length == 0 ? double.NegativeInfinity : row.Max(),
        "ReduceMin" => row => row.Length == 0 ? double.PositiveInfinity : row.Min(),
        "ReduceProd" => row => row.Aggregate(1.0, (product, value) => product * value),
        _ => null,
    };

    public static Tensor Reduce(OperatorCall call)
    {
        var function = Find(call.Node.Kind)!;
        var (rows, kept) = MoveLast(call, ReducedAxes(call));
        return new Tensor(kept, [.. rows.Select(function)], call[0].IsInteger);
    }

    /// <summary>The axes that a reduction goes over.</summary>
    public static int[] ReducedAxes(OperatorCall call)
    {
        var rank = call[0].Rank;
        return call.Integers("axes", 1) is { Length: > 0 } axes ? call.Axes(axes, rank)
            : call.Node.Integer("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, rank)];
    }

    public static Tensor Softmax(OperatorCall call) => AlongAxis(call, SoftmaxAxis(call), row =>
    {
        var max = row.Max();
        var exponentials = Array.ConvertAll(row, value => Math.Exp(value - max));
        var sum = exponentials.Sum();
        return Array.ConvertAll(exponentials, value => value / sum);
    });

    public static int SoftmaxAxis(OperatorCall call)
    {
        var rank = call[0].Rank;
        var axis = call.Axis(call.Node.Integer("axis", call.OperatorSet < 13 ? 1 : -1), rank);

        // Before version 13 all axes from this one on were one.
        call.Demand(call.OperatorSet >= 13 || Tensor.CountOf(call[0].Shape.AsSpan(axis)) == call[0].Shape[^1], "a softmax over several axes is not supported");
        return call.OperatorSet < 13 ? rank - 1 : axis;
    }

    public static Tensor LayerNormalization(OperatorCall call)
    {
        var data = call[0];
        call.Demand(call.Axis(call.Node.Integer("axis", -1), data.Rank) == data.Rank - 1, "a normalization over several axes is not supported");
        call.Demand(call[1].Count == data.Shape[^1] && (call.Optional(2)?.Count ?? data.Shape[^1]) == data.Shape[^1], $"expected {data.Shape[^1]} scales and biases");
        return AlongAxis(call, data.Rank - 1, row =>
        {
            var mean = row.Sum() / row.Length;
            var variance = row.Sum(value => (value - mean) * (value - mean)) / row.Length;
            var factor = 1 / Math.Sqrt(variance + call.Node.Attribute("epsilon", 1e-5));
            return [.. row.Select((value, i) => (value - mean) * factor * call[1].Values[i] + (call.Optional(2)?.Values[i] ?? 0))];
        });
    }

    private static Tensor AlongAxis(OperatorCall call, int axis, Func<double[], double[]> function)
    {
        var data = call[0];
        var result = (double[])data.Values.Clone();
        var inner = (int)Tensor.CountOf(data.Shape.AsSpan(axis + 1));
        var length = data.Shape[axis];
        if (length == 0)
            return data;
        for (var start = 0; start < result.Length; start += length * inner)
            for (var offset = start; offset < start + inner; offset++)
            {
                var row = function([.. Enumerable.Range(0, length).Select(i => data.Values[offset + i * inner])]);
                for (var i = 0; i < length; i++)
                    result[offset + i * inner] = row[i];
            }

        return new Tensor(data.Shape, result);
    }

    /// <summary>The rows along some axes, and the shape of what is left.</summary>
    public static (List<double[]> Rows, int[] Kept) MoveLast(OperatorCall call, int[] axes)
    {
        var data = call[0];
        var kept = call.Node.Integer("keepdims", 1) != 0
            ? [.. data.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)] : data.Shape.Where((_, axis) => !axes.Contains(axis)).ToArray();
        int[] order = [.. Enumerable.Range(0, data.Rank).Where(axis => !axes.Contains(axis)), .. axes.Order()];
        var transposed = Movement.Transpose(call with
        {
            Node = call.Node with { Attributes = new() { ["perm"] = Array.ConvertAll(order, axis => (long)axis) } },
        });
        var length = axes.Aggregate(1, (product, axis) => product * data.Shape[axis]);
        var count = (int)Tensor.CountOf(kept);
        return ([.. Enumerable.Range(0, count).Select(row => transposed.Values.AsSpan(row * length, length).ToArray())], kept);
    }
}
