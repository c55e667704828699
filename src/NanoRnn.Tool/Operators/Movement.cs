using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>
/// Operators whose results are elements of their inputs in other places. They move whatever the elements are: numbers, or what recognition
/// writes in their place.
/// </summary>
internal static class Movement
{
    public static Tensor Identity(OperatorCall call) => call[0];

    public static Tensor Reshape(OperatorCall call)
    {
        var (data, shape) = (call[0], call[1].ToIntegers());
        var keepsZeros = call.Node.Integer("allowzero", 0) != 0;
        for (var axis = 0; axis < shape.Length; axis++)
            if (shape[axis] == 0 && !keepsZeros)
                shape[axis] = axis < data.Rank ? data.Shape[axis] : throw call.Error($"dimension {axis} of the shape is taken from {Tensor.Describe(data.Shape)}, which has none there");
        var open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            shape[open] = 1;
            var known = Tensor.CountOf(shape);
            shape[open] = known == 0 ? 0 : (int)(data.Count / known);
        }

        call.Demand(shape.All(dimension => dimension >= 0) && Tensor.CountOf(shape) == data.Count,
            $"{Tensor.Describe(data.Shape)} cannot have the shape {Tensor.Describe(call[1].ToIntegers())}");
        return data.Reshape(shape);
    }

    public static Tensor Flatten(OperatorCall call)
    {
        var data = call[0];
        var axis = call.Node.Integer("axis", 1);
        axis = axis == data.Rank ? axis : call.Axis(axis, data.Rank);
        return data.Reshape((int)Tensor.CountOf(data.Shape.AsSpan(0, axis)), (int)Tensor.CountOf(data.Shape.AsSpan(axis)));
    }

    public static Tensor Squeeze(OperatorCall call)
    {
        var data = call[0];
        var axes = call.Integers("axes", 1) is { } given ? call.Axes(given, data.Rank) : [.. Enumerable.Range(0, data.Rank).Where(axis => data.Shape[axis] == 1)];
        call.Demand(axes.All(axis => data.Shape[axis] == 1), $"axes {Tensor.Describe(axes)} of {Tensor.Describe(data.Shape)} are not all 1");
        return data.Reshape([.. data.Shape.Where((_, axis) => !axes.Contains(axis))]);
    }

    public static Tensor Unsqueeze(OperatorCall call)
    {
        var data = call[0];
        var given = call.Integers("axes", 1) ?? throw call.Error("expected axes, found none");
        var axes = call.Axes(given, data.Rank + given.Length);
        call.Demand(axes.Distinct().Count() == axes.Length, $"axes {Tensor.Describe(axes)} repeat");
        List<int> shape = [.. data.Shape];
        foreach (var axis in axes.Order())
            shape.Insert(axis, 1);
        return data.Reshape([.. shape]);
    }

    public static Tensor Transpose(OperatorCall call)
    {
        var data = call[0];
        var order = call.Node.Integers("perm") ?? [.. Enumerable.Range(0, data.Rank).Reverse()];
        call.Demand(order.Order().SequenceEqual(Enumerable.Range(0, data.Rank)), $"perm {Tensor.Describe(order)} is no order of {data.Rank} axes");
        var strides = Strides(data.Shape);
        return Pick(call, data, Array.ConvertAll(order, axis => data.Shape[axis]), 0, Array.ConvertAll(order, axis => strides[axis]));
    }

    public static Tensor Slice(OperatorCall call)
    {
        var data = call[0];
        var starts = call.Integers("starts", 1) ?? throw call.Error("expected starts, found none");
        var ends = call.Integers("ends", 2) ?? throw call.Error("expected ends, found none");
        var axes = call.Axes(call.Integers("axes", 3) ?? [.. Enumerable.Range(0, starts.Length)], data.Rank);
        var steps = call.Optional(4)?.ToIntegers() ?? [.. Enumerable.Repeat(1, starts.Length)];
        call.Demand(starts.Length == ends.Length && starts.Length == axes.Length && starts.Length == steps.Length && axes.Distinct().Count() == axes.Length && !steps.Contains(0),
            "starts, ends, axes and steps do not fit");
        var (shape, strides, offset) = ((int[])data.Shape.Clone(), Strides(data.Shape), 0);
        for (var i = 0; i < axes.Length; i++)
        {
            long size = data.Shape[axes[i]];
            var step = steps[i];
            var (low, high) = step > 0 ? (0L, size) : (-1L, size - 1);
            var start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], step > 0 ? 0 : 0, step > 0 ? size : Math.Max(size - 1, 0));
            var end = Math.Clamp(ends[i] < 0 ? ends[i] + size : ends[i], low, step > 0 ? high : size);
            shape[axes[i]] = (int)Math.Max(0, step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -(long)step);
            offset += (int)start * strides[axes[i]];
            strides[axes[i]] *= shape[axes[i]] > 1 ? step : 0;
        }

        return Pick(call, data, shape, offset, strides);
    }

    public static Tensor Gather(OperatorCall call)
    {
        var (data, indices) = (call[0], call[1]);
        call.Demand(data.Rank > 0, "expected data with an axis, found a scalar");
        var axis = call.Axis(call.Node.Integer("axis", 0), data.Rank);
        var size = data.Shape[axis];
        int[] shape = [.. data.Shape.AsSpan(0, axis), .. indices.Shape, .. data.Shape.AsSpan(axis + 1)];
        var result = call.Allocate(shape);
        var inner = (int)Tensor.CountOf(data.Shape.AsSpan(axis + 1));
        var outer = (int)Tensor.CountOf(data.Shape.AsSpan(0, axis));
        var place = 0;
        for (var block = 0; block < outer; block++)
            foreach (var value in indices.Values)
            {
                var index = value < 0 ? value + size : value;
                call.Demand(index >= 0 && index < size, $"expected an index of {size} elements, found {value}");
                data.Values.AsSpan((block * size + (int)index) * inner, inner).CopyTo(result.AsSpan(place));
                place += inner;
            }

        return new Tensor(shape, result, data.IsInteger);
    }

    public static Tensor Concat(OperatorCall call)
    {
        var parts = call.Inputs.Select((_, i) => call[i]).ToArray();
        call.Demand(parts.Length > 0 && parts.All(part => part.Rank == parts[0].Rank), "expected inputs of as many dimensions as each other");
        var axis = call.Axis(call.Node.Integer("axis", 0), parts[0].Rank);
        var shape = (int[])parts[0].Shape.Clone();
        call.Demand(parts.All(part => part.Shape.Where((_, i) => i != axis).SequenceEqual(shape.Where((_, i) => i != axis))),
            $"shapes {string.Join(", ", parts.Select(part => Tensor.Describe(part.Shape)))} differ elsewhere than in axis {axis}");
        shape[axis] = (int)Math.Min(int.MaxValue, parts.Sum(part => (long)part.Shape[axis]));
        var result = call.Allocate(shape);
        var place = 0;
        for (var block = 0; block < Tensor.CountOf(shape.AsSpan(0, axis)); block++)
            foreach (var part in parts)
            {
                var length = (int)Tensor.CountOf(part.Shape.AsSpan(axis));
                part.Values.AsSpan(block * length, length).CopyTo(result.AsSpan(place));
                place += length;
            }

        return new Tensor(shape, result, parts.All(part => part.IsInteger));
    }

    public static Tensor[] Split(OperatorCall call)
    {
        var data = call[0];
        call.Demand(data.Rank > 0, "expected data with an axis, found a scalar");
        var axis = call.Axis(call.Node.Integer("axis", 0), data.Rank);
        var size = data.Shape[axis];
        var count = Math.Max(1, call.Node.Outputs.Length);
        var part = (size + count - 1) / count;
        var sizes = call.Integers("split", 1) ?? [.. Enumerable.Range(0, count).Select(i => Math.Max(0, Math.Min(part, size - i * part)))];
        call.Demand(sizes.Length == call.Node.Outputs.Length && sizes.All(length => length >= 0) && sizes.Sum(length => (long)length) == size,
            $"parts {Tensor.Describe(sizes)} are not {call.Node.Outputs.Length} of {size} elements");
        var start = 0;
        return Array.ConvertAll(sizes, length =>
        {
            var shape = (int[])data.Shape.Clone();
            shape[axis] = length;
            var strides = Strides(data.Shape);
            var result = Pick(call, data, shape, start * strides[axis], strides);
            start += length;
            return result;
        });
    }

    public static Tensor Expand(OperatorCall call) => Broadcast(call, call[0], BroadcastShape(call, call[0].Shape, call[1].ToIntegers()));

    public static Tensor Tile(OperatorCall call)
    {
        var (data, repeats) = (call[0], call[1].ToIntegers());
        call.Demand(repeats.Length == data.Rank && repeats.All(repeat => repeat >= 0), $"expected {data.Rank} repeats, found {Tensor.Describe(repeats)}");
        var shape = data.Shape.Zip(repeats, (size, repeat) => (int)Math.Min(int.MaxValue, (long)size * repeat)).ToArray();
        var (result, strides) = (call.Allocate(shape), Strides(data.Shape));
        var places = Strides(shape);
        for (var i = 0; i < result.Length; i++)
        {
            var source = 0;
            for (var axis = 0; axis < shape.Length; axis++)
                source += i / places[axis] % shape[axis] % data.Shape[axis] * strides[axis];
            result[i] = data.Values[source];
        }

        return new Tensor(shape, result, data.IsInteger);
    }

    /// <summary>Padding by a number; or less than nothing, which cuts off.</summary>
    /// <param name="call">The operator.</param>
    /// <param name="zero">What stands for a zero among the elements.</param>
    public static Tensor Pad(OperatorCall call, double zero)
    {
        var data = call[0];
        var given = call.Integers("pads", 1) ?? throw call.Error("expected pads, found none");
        var axes = call.Optional(3) is { } chosen ? call.Axes(chosen.ToIntegers(), data.Rank) : [.. Enumerable.Range(0, data.Rank)];
        call.Demand(given.Length == 2 * axes.Length && axes.Distinct().Count() == axes.Length, $"expected {2 * axes.Length} pads, found {Tensor.Describe(given)}");
        if (given.All(pad => pad == 0))
            return data;
        var number = call.Optional(2) is { Count: 1 } value ? value.Values[0] : call.Node.Attribute("value", 0.0);
        if (call.Node.Attribute("mode", "constant") != "constant" || number != 0 && zero != 0)
            throw new UnsupportedModelException($"node {call.Node}: NanoRnn has no layer for padding by other numbers than zero. Cut the padding out of the model and pad the data.");
        var before = new int[data.Rank];
        var shape = (int[])data.Shape.Clone();
        for (var i = 0; i < axes.Length; i++)
        {
            before[axes[i]] = given[i];
            shape[axes[i]] = (int)Math.Clamp((long)shape[axes[i]] + given[i] + given[i + axes.Length], 0, int.MaxValue);
        }

        var (result, places, strides) = (call.Allocate(shape), Strides(shape), Strides(data.Shape));
        for (var i = 0; i < result.Length; i++)
        {
            var (source, isInside) = (0, true);
            for (var axis = 0; axis < shape.Length; axis++)
            {
                var position = (long)(i / places[axis] % shape[axis]) - before[axis];
                isInside &= position >= 0 && position < data.Shape[axis];
                source += isInside ? (int)position * strides[axis] : 0;
            }

            result[i] = isInside ? data.Values[source] : zero == 0 ? number : zero;
        }

        return new Tensor(shape, result, data.IsInteger);
    }

    /// <summary>A tensor repeated to a shape that it can be broadcast to.</summary>
    public static Tensor Broadcast(OperatorCall call, Tensor data, int[] shape)
    {
        if (data.Shape.AsSpan().SequenceEqual(shape))
            return data;
        var own = Strides(data.Shape);
        var added = shape.Length - data.Rank;
        var strides = new int[shape.Length];
        for (var axis = added; axis < shape.Length; axis++)
            strides[axis] = data.Shape[axis - added] == 1 ? 0 : own[axis - added];
        return Pick(call, data, shape, 0, strides);
    }

    /// <summary>The shape that both are broadcast to.</summary>
    public static int[] BroadcastShape(OperatorCall call, int[] left, int[] right)
    {
        var shape = new int[Math.Max(left.Length, right.Length)];
        for (var i = 1; i <= shape.Length; i++)
        {
            var (a, b) = (i <= left.Length ? left[^i] : 1, i <= right.Length ? right[^i] : 1);
            call.Demand(a == b || a == 1 || b == 1, $"shapes {Tensor.Describe(left)} and {Tensor.Describe(right)} do not fit");
            shape[^i] = a == 1 ? b : a;
        }

        return shape;
    }

    /// <summary>The elements at an offset and multiples of strides.</summary>
    private static Tensor Pick(OperatorCall call, Tensor data, int[] shape, int offset, int[] strides)
    {
        var result = call.Allocate(shape);
        var counters = new int[shape.Length];
        var source = offset;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = data.Values[source];
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                source += strides[axis];
                if (++counters[axis] < shape[axis])
                    break;
                source -= shape[axis] * strides[axis];
                counters[axis] = 0;
            }
        }

        return new Tensor(shape, result, data.IsInteger);
    }

    private static int[] Strides(int[] shape)
    {
        var strides = new int[shape.Length];
        var stride = 1;
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(1, shape[axis]);
        }

        return strides;
    }
}
