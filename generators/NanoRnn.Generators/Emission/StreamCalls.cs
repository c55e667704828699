using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>The calls for layers without a state in prediction, one row for each step or sequence.</summary>
internal static class StreamCalls
{
    /// <param name="layer">The layer.</param>
    /// <param name="sources">The first row of each of its inputs, or the first token, and the floats to the next.</param>
    /// <param name="y">Its first row of output.</param>
    /// <param name="slots">What a cell's stages leave for each other, or a state.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="areSequences">Whether each row is a sequence's, which has a state of its own; else they are steps of one.</param>
    public static IEnumerable<string> Of(
        LayerPlan layer, IReadOnlyList<(string Reference, string Stride)> sources, string y, string slots, string rows, bool areSequences) =>
        layer switch
        {
            MergePlan merge => MergeCalls.Forward(merge, sources, y, rows),
            WindowPlan window =>
            [
                $"Nano::SlidingWindow.Push{(areSequences ? "Rows" : "")}(ref {slots}, ref {sources[0].Reference}, {sources[0].Stride}, ref {y}, {layer.Split.RowLength}, " +
                $"{layer.Inputs}, {window.KernelSize}, {window.Dilation}, {(areSequences ? $"{layer.MemoryLength}, " : "")}{rows});",
            ],
            _ => [Rows(layer, sources[0].Reference, sources[0].Stride, y, slots, rows)],
        };

    private static string Rows(LayerPlan layer, string x, string xStride, string y, string slots, string rows) => layer switch
    {
        CellPlan cell =>
            $"TKernels.{LayerEmitter.RowsName(cell)}<Nano::Predicting>(" +
            $"ref {At("weights", layer.WeightOffset)}, ref {x}, {xStride}, ref {y}, ref {slots}, {rows});",
        EmbeddingPlan embedding =>
            $"Nano::EmbeddingTable.Lookup(ref {At("weights", layer.WeightOffset)}, {embedding.Vocabulary}, {layer.Split.RowLength}, ref {x}, {xStride}, 0, " +
            $"ref {y}, 0, {rows}, 1);",
        NormalizationPlan normalization => ForwardEmitter.NormalizationCall(normalization, x, xStride, y, record: null, rows),
        BatchStatisticsPlan statistics =>
            ForwardEmitter.StandardizationCall(statistics, At("weights", layer.WeightOffset), x, xStride, y, rows),
        ConvolutionPlan convolution => PositionCalls.Forward(convolution, x, xStride, y, slots, rows),
        PaddingPlan padding => PositionCalls.Pad(padding, x, xStride, y, rows),
        SlicePlan slice => Slice(slice, x, xStride, y, rows),
        ScalingPlan scaling => ForwardEmitter.ScalingCall(scaling, x, xStride, y, rows),
        _ => throw new InvalidOperationException($"{layer.Name} is not in streams"),
    };

    /// <summary>A state that a layer has before the first step as weights.</summary>
    public static string InitialState(CellPlan layer, int state) =>
        At("weights", layer.WeightOffset + layer.InitialStateOffset + state * layer.Split.RowLength);

    /// <summary>Some of the features of some rows.</summary>
    public static string Slice(SlicePlan layer, string x, string xStride, string y, string rows) =>
        $"Nano::RowOperations.Copy(ref {At(x, layer.Start)}, {xStride}, ref {y}, {layer.Split.RowLength}, {layer.Features}, {rows});";
}
