using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>The calls for layers that go over the positions of each row.</summary>
internal static class PositionCalls
{
    /// <summary>The sums of some rows.</summary>
    public static string Forward(ConvolutionPlan layer, string x, string xStride, string y, string scratch, string rows) =>
        $"Nano::Convolution.Forward({Shape(layer)}, ref {At("weights", layer.WeightOffset)}, ref {x}, {xStride}, ref {y}, {layer.Split.RowLength}, " +
        $"ref {scratch}, {rows});";

    /// <summary>Leaves the gradients of the sums in the record.</summary>
    public static string Record(ConvolutionPlan layer) =>
        $"Nano::Convolution.Record({Shape(layer)}, ref arriving, {layer.Split.RowLength}, ref record, rows);";

    /// <summary>The gradient of the input.</summary>
    public static string Backward(ConvolutionPlan layer, string scratch) =>
        $"Nano::Convolution.Backward({Shape(layer)}, ref {(layer.IsTransposed ? At("transposed", layer.TransposedOffset) : At("weights", layer.WeightOffset + layer.Shape.KernelStart))}, " +
        $"ref record, ref below, {layer.InputStride}, ref {scratch}, rows, accumulates: {Flag(layer.AddsToBelow)});";

    /// <summary>The weight gradient of a block of filters.</summary>
    public static string Gradients(ConvolutionPlan layer, string xStride, string terms) =>
        $"Nano::Convolution.ComputeGradients({Shape(layer)}, piece, ref x, {xStride}, ref record, ref gradients, {terms});";

    /// <summary>The transposed kernel.</summary>
    public static string Transpose(ConvolutionPlan layer, string weights, string transposed) =>
        $"{ModelEmitter.Library}.Convolution.Transpose({Shape(layer, ModelEmitter.Library + ".")}, in {weights}, ref {transposed});";

    /// <summary>Rows with their padding.</summary>
    public static string Pad(PaddingPlan layer, string x, string xStride, string y, string rows) =>
        $"Nano::PositionPadding.Forward(ref {x}, {xStride}, ref {y}, {layer.Split.RowLength}, {Padding(layer)}, {rows});";

    /// <summary>Their gradient.</summary>
    public static string PadBackward(PaddingPlan layer) =>
        $"Nano::PositionPadding.Backward(ref arriving, {layer.Split.RowLength}, ref below, {layer.InputStride}, {Padding(layer)}, rows, accumulates: {Flag(layer.AddsToBelow)});";

    private static string Padding(PaddingPlan layer) =>
        $"{layer.Padding.Positions}, {layer.Padding.Channels}, {layer.Padding.Before}, {layer.Padding.Behind}, reflects: {Flag(layer.Padding.Reflects)}";

    private static string Shape(ConvolutionPlan layer, string library = "Nano::") =>
        $"new {library}ConvolutionShape({layer.Shape.KernelSize}, {layer.Shape.DilationRate}, {layer.Shape.Strides}, {layer.Shape.Positions}, " +
        $"{layer.Shape.Channels}, {layer.Shape.Filters}, {layer.Shape.Groups}, {layer.Shape.RowLength}, {Flag(layer.Shape.HasBias)})";

    private static string Flag(bool value) => value ? "true" : "false";
}
