namespace NanoRnn.Tool.Tests.Infrastructure;

/// <summary>Layers that see several steps.</summary>
internal sealed partial class RandomGraph
{
    private static readonly long[] StepsLast = [0, 2, 1];
    private static readonly long[] StepAxis = [1];

    /// <summary>Features of each sequence at the steps that an axis names.</summary>
    private sealed record Signal(string Name, int Features, string Axis);

    private Signal Convolution(Signal value, int units)
    {
        var (size, dilation, stride) = (_random.Next(1, 5), _random.Next(1, 3), _random.Next(3) == 0 ? _random.Next(2, 4) : 1);
        // ONNX Runtime pads with less than nothing where strides are longer than what is seen.
        stride = Math.Min(stride, size);
        if (stride > 1)
            dilation = 1;
        var past = (size - 1L) * dilation;
        var padding = _random.Next(4);
        string[] weights = [Floats(units, value.Features, size), .. _random.Next(2) == 0 ? [] : (string[])[Floats(units)]];
        List<(string, object)> attributes =
            [("dilations", new[] { (long)dilation }), ("strides", new[] { (long)stride }), ("kernel_shape", new[] { (long)size })];
        var turned = Node("Transpose", [value.Name], ("perm", StepsLast));
        var cutsOff = false;
        switch (padding)
        {
            case 0 when stride == 1 && past > 0 && _random.Next(2) == 0:
                // Zeros on both sides, and what they make behind the end is cut off.
                attributes.Add(("pads", new[] { past, past }));
                cutsOff = true;
                break;
            case 0 when _random.Next(2) == 0:
                turned = Node("Pad", [turned, Integers([6], 0, 0, past, 0, 0, 0)]);
                break;
            case 0:
                attributes.Add(("pads", new[] { past, 0L }));
                break;
            case 1 when stride == 1:
                attributes.Add(("pads", new[] { past / 2, past - past / 2 }));
                break;
            case 1 or 2:
                // ONNX Runtime does not pad for dilated kernels by itself.
                attributes[0] = ("dilations", new[] { 1L });
                past = size - 1;
                attributes.Add(("auto_pad", "SAME_UPPER"));
                break;
        }

        var convolution = Node("Conv", [turned, .. weights], [.. attributes]);
        if (cutsOff)
            convolution = Node("Slice", [convolution, Integers([1], 0), Integers([1], -past), Integers([1], 2)]);
        if (_random.Next(3) == 0)
            convolution = Node("BatchNormalization", [convolution, Floats(units), Floats(units), Floats(units), Constant([units], [.. Enumerable.Range(1, units).Select(i => 0.5f * i)])]);
        if (_random.Next(2) == 0)
            convolution = Activated(convolution);
        return new(Node("Transpose", [convolution], ("perm", StepsLast)), units, AxisOf(value.Axis, past + 1, stride, padding is 1 && stride > 1 ? 2 : padding, size));
    }

    private Signal Pooled(Signal value)
    {
        var (size, isMaximum) = (_random.Next(2, 4), _random.Next(2) == 0);
        var stride = _random.Next(1, size + 1);
        var isValid = _random.Next(2) == 0;
        List<(string, object)> attributes = [("kernel_shape", new[] { (long)size }), ("strides", new[] { (long)stride })];
        if (!isValid)
            attributes.Add(isMaximum && stride == size && _random.Next(2) == 0 ? ("ceil_mode", 1L) : ("auto_pad", "SAME_UPPER"));
        var pooled = Node(isMaximum ? "MaxPool" : "AveragePool", [Node("Transpose", [value.Name], ("perm", StepsLast))], [.. attributes]);
        return new(Node("Transpose", [pooled], ("perm", StepsLast)), value.Features, AxisOf(value.Axis, size, stride, isValid ? 3 : 2, size));
    }

    /// <summary>Over all steps: as a reduction, or as exporters write it of pictures.</summary>
    private string Global(string input) => _random.Next(3) switch
    {
        0 => Node("ReduceMean", [input], ("axes", StepAxis), ("keepdims", 0L)),
        1 => Node("ReduceMax", [input], ("axes", StepAxis), ("keepdims", 0L)),
        _ => Node("Squeeze", [Node("GlobalAveragePool", [Node("Transpose", [input], ("perm", StepsLast))]), Integers([1], -1)]),
    };

    /// <summary>Dot products of projections of a value with those of another, as scaled as it is usual.</summary>
    private Signal Attention(Signal query, int units)
    {
        var value = _values[_random.Next(_values.Count)];
        var (queries, keys) = (Node("MatMul", [query.Name, Floats(query.Features, units)]), Node("MatMul", [value.Name, Floats(value.Features, units)]));
        var scores = Node("MatMul", [queries, Node("Transpose", [keys], ("perm", StepsLast))]);
        var weights = Node("Softmax", [_random.Next(2) == 0 ? scores : Node("Div", [scores, Constant([], 1.5f)])], ("axis", -1L));
        return query with { Name = Node("MatMul", [weights, value.Name]), Features = value.Features };
    }

    /// <summary>The axis of windows: that of the steps where there is one for each.</summary>
    private string AxisOf(string axis, long span, int stride, int padding, int size)
    {
        if (stride == 1 && (padding < 3 || size == 1))
            return axis;
        FewestSteps = 30;
        return $"{axis} {span}/{stride}/{padding}";
    }
}
