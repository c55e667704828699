using NanoRnn.CompilerServices;
using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>Which positions a convolution or a pooling over one axis sees.</summary>
/// <param name="KernelSize">How many.</param>
/// <param name="Dilation">Positions from one to the next.</param>
/// <param name="Stride">Positions from one output to the next.</param>
/// <param name="Before">Positions that are there before the first.</param>
/// <param name="Behind">Positions that are there behind the last one.</param>
/// <param name="IsPadded">Whether there may be such positions, if not of this number of positions.</param>
internal sealed record ConvolutionGeometry(int KernelSize, int Dilation, int Stride, int Before, int Behind, bool IsPadded)
{
    private const int Limit = 1 << 20;

    public int Span => checked((KernelSize - 1) * Dilation + 1);

    /// <summary>Outputs of so many positions.</summary>
    public int Count(int positions) => Math.Max(0, (positions + Before + Behind - Span) / Stride + (positions + Before + Behind >= Span ? 1 : 0));

    /// <summary>Whether there is an output for every position.</summary>
    public bool KeepsSteps(int positions) => Stride == 1 && Count(positions) == positions;

    /// <summary>NanoRnn's name for what lies beyond the ends of so many positions, or null if it has none.</summary>
    public Padding? PaddingOver(int positions)
    {
        // Where several names fit, the one is meant that may fit other numbers of positions too.
        Padding[] names = IsPadded ? [Padding.Same, Padding.Causal, Padding.Valid] : [Padding.Valid];
        foreach (var padding in names)
            if (new WindowGeometry(KernelSize, Dilation, Stride, padding) is var windows && windows.Count(positions) == Count(positions) && windows.Before(positions) == Before)
                return padding;
        return null;
    }

    /// <summary>That of an operator, over so many positions.</summary>
    /// <param name="call">An operator over one axis.</param>
    /// <param name="positions">Positions along it.</param>
    /// <param name="size">Positions that it sees.</param>
    public static ConvolutionGeometry Of(OperatorCall call, int positions, int size)
    {
        var (dilation, stride) = (One("dilations"), One("strides"));
        call.Demand(size is >= 1 and <= Limit && dilation is >= 1 and <= Limit && (long)size * dilation <= Limit && stride is >= 1 and <= Limit, "expected positive sizes, dilations and strides of a kernel");
        var pads = call.Node.Integers("pads") ?? [0, 0];
        call.Demand(pads.Length == 2 && pads.All(pad => pad is >= 0 and <= Limit), "expected two numbers of positions around one axis");
        var (padding, isCeiling) = (call.Node.Attribute("auto_pad", "NOTSET"), call.Node.Integer("ceil_mode", 0) != 0);
        var geometry = new ConvolutionGeometry(size, dilation, stride, pads[0], pads[1], isCeiling || padding is "SAME_UPPER" or "SAME_LOWER" || pads is not [0, 0]);
        if (padding is "SAME_UPPER" or "SAME_LOWER")
        {
            var both = Math.Max(0, ((positions + stride - 1) / stride - 1) * stride + geometry.Span - positions);
            var before = padding == "SAME_UPPER" ? both / 2 : both - both / 2;
            return geometry with { Before = before, Behind = both - before };
        }

        // The last window may be begun, if it does not lie in the padding.
        var left = positions + geometry.Before + geometry.Behind - geometry.Span;
        return isCeiling && left > 0 && left % stride != 0 && left / stride * stride + stride < positions + geometry.Before
            ? geometry with { Behind = geometry.Behind + stride - left % stride } : geometry;

        int One(string attribute) => call.Node.Integers(attribute) is [var value] ? value : 1;
    }

    /// <summary>An operator over several axes of which all but one are of one position, as one over that axis: samples × channels × positions.</summary>
    /// <returns>The operator and the axis; null if it goes over several.</returns>
    public static (OperatorCall Call, int Axis)? OverOneAxis(OperatorCall call)
    {
        var rank = call[0].Rank;
        var kernel = call.Node.Kind == "Conv" ? call[1].Shape : [1, 1, .. call.Node.Integers("kernel_shape") ?? []];
        call.Demand(rank >= 3 && kernel.Length == rank, $"expected data and a kernel of as many dimensions, found {Tensor.Describe(call[0].Shape)} and {Tensor.Describe(kernel)}");
        var axes = Enumerable.Range(0, rank - 2).Where(axis => call[0].Shape[axis + 2] != 1 || kernel[axis + 2] != 1 || Pads(axis).Any(pad => pad != 0)).ToArray();
        if (axes.Length > 1)
            return null;
        var one = axes.Length == 1 ? axes[0] : rank - 3;
        var attributes = new Dictionary<string, object>(call.Node.Attributes, StringComparer.Ordinal);
        foreach (var name in (string[])["strides", "dilations", "kernel_shape"])
            if (call.Node.Integers(name) is { } values)
            {
                call.Demand(values.Length == rank - 2, $"expected {rank - 2} {name}, found {values.Length}");
                attributes[name] = new long[] { values[one] };
            }

        if (call.Node.Integers("pads") is not null)
            attributes["pads"] = Array.ConvertAll(Pads(one), pad => (long)pad);
        var inputs = (Tensor?[])call.Inputs.Clone();
        inputs[0] = call[0].Reshape(call[0].Shape[0], call[0].Shape[1], call[0].Shape[one + 2]);
        if (call.Node.Kind == "Conv")
            inputs[1] = call[1].Reshape(kernel[0], kernel[1], kernel[one + 2]);
        return (call with { Node = call.Node with { Attributes = attributes }, Inputs = inputs }, one + 2);

        int[] Pads(int axis)
        {
            if (call.Node.Integers("pads") is not { } pads)
                return [0, 0];
            call.Demand(pads.Length == 2 * (rank - 2), $"expected {2 * (rank - 2)} pads, found {pads.Length}");
            return [pads[axis], pads[axis + rank - 2]];
        }
    }

    /// <summary>What an operator over one axis has made, with all axes.</summary>
    /// <param name="result">Samples × channels × positions.</param>
    /// <param name="data">What it was made of.</param>
    /// <param name="axis">The axis.</param>
    public static Tensor Restore(Tensor result, Tensor data, int axis) =>
        result.Reshape([.. data.Shape.Select((size, i) => i == 1 ? result.Shape[1] : i == axis ? result.Shape[2] : size)]);
}
