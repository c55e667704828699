using NanoRnn.Tool.Graphs;
using NanoRnn.Tool.Operators;

namespace NanoRnn.Tool.Recognition;

/// <summary>Finds layers that see several time steps at once in convolutions and pooling.</summary>
/// <param name="map">Elements and values.</param>
/// <param name="call">The operator, over one axis: samples × channels × positions.</param>
internal sealed class WindowReader(ElementMap map, OperatorCall call)
{
    private int Channels => call[0].Shape[1];

    /// <summary>A convolution with constants for its kernel and bias.</summary>
    public Tensor Convolution()
    {
        var (kernel, bias) = (call[1], call.Optional(2));
        var (outputs, size) = (kernel.Shape[0], kernel.Shape[2]);
        call.Demand(kernel.Shape[1] == Channels, $"a kernel {Tensor.Describe(kernel.Shape)} does not fit {Tensor.Describe(call[0].Shape)}");
        call.Demand(bias is null || bias.Count == outputs, $"expected a bias of {outputs} numbers");
        var (source, before, behind) = Read();
        var positions = call[0].Shape[2];
        var geometry = ConvolutionGeometry.Of(call, positions, size);
        geometry = geometry with { Before = geometry.Before + before, Behind = geometry.Behind + behind, IsPadded = geometry.IsPadded || before + behind > 0 };
        return Write(new Value.Convolution(source, Products.Reversed(kernel).Values, bias?.Values, geometry));
    }

    public Tensor Pooling()
    {
        var isMaximum = call.Node.Kind == "MaxPool";
        var (source, before, behind) = Read();
        var geometry = ConvolutionGeometry.Of(call, call[0].Shape[2], call.Node.Integers("kernel_shape") is [var size] ? size : 0);
        if (before + behind > 0 || geometry.Dilation != 1)
            throw Refuse(before + behind > 0 ? "takes zeros into its windows" : "sees only some of the steps of its windows");
        if (!isMaximum && geometry.Before + geometry.Behind > 0 && call.Node.Integer("count_include_pad", 0) != 0)
            throw Refuse("takes what lies beyond the ends into its means");
        return Write(map.Builder.Pooling(source, isMaximum, geometry));
    }

    /// <summary>The sequence, and how many steps of zeros are beside it.</summary>
    private (Value Source, int Before, int Behind) Read()
    {
        var (data, positions) = (call[0], call[0].Shape[2]);
        if (data.Shape[0] != 1 || data.Count == 0)
            throw Refuse("goes over several sequences, or over none");
        var before = data.Values.TakeWhile(number => number == ElementTable.Zero).Count();
        var count = positions - before - data.Values.Reverse().TakeWhile(number => number == ElementTable.Zero).Count();
        if (count <= 0 || data.Values.Index().Any(item => item.Item == ElementTable.Zero != (item.Index % positions is var place && (place < before || place >= before + count))))
            throw Refuse("reads other zeros than before and behind all features");
        var elements = map.Read(call.Node, new Tensor([Channels, count], [.. data.Values.Where(number => number != ElementTable.Zero)]));
        var first = Enumerable.Range(0, Channels).Select(channel => (elements[channel * count].Value, elements[channel * count].Feature)).ToArray();
        if (first[0].Value.Axis is not { } axis || axis.Count != count
            || elements.Index().Any(item => item.Item.Step != item.Index % count || (item.Item.Value, item.Item.Feature) != first[item.Index / count]))
            throw Refuse("goes over another axis than the time steps in their order");
        return (map.Resolve(first), before, positions - before - count);
    }

    private Tensor Write(Value value)
    {
        var count = value.Axis!.Count;
        if (count == 0)
            throw Refuse($"sees more steps than the {call[0].Shape[2]} that there are");
        return new Tensor([1, value.Features, count], [.. Enumerable.Range(0, value.Features * count).Select(i => map.Table.NumberOf(value, i % count, i / count))]);
    }

    private UnsupportedModelException Refuse(string reason) => new($"node {call.Node}: {reason}, which NanoRnn has no layer for. Cut the model there.");
}
