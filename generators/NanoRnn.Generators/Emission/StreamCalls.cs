using NanoRnn.Generators.Emission.Passes;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>The calls for layers without a state in prediction, one row for each step or sequence.</summary>
internal static class StreamCalls
{
    /// <param name="layer">The layer.</param>
    /// <param name="x">Its first row of input, or its first token.</param>
    /// <param name="xStride">From one row to the next.</param>
    /// <param name="y">Its first row of output.</param>
    /// <param name="slots">What a cell's stages leave for each other.</param>
    /// <param name="rows">How many rows.</param>
    public static string Rows(LayerPlan layer, string x, string xStride, string y, string slots, string rows) => layer switch
    {
        CellPlan cell =>
            $"TKernels.{LayerEmitter.RowsName(cell)}<Nano::Predicting>(" +
            $"ref {At("weights", layer.WeightOffset)}, ref {x}, {xStride}, ref {y}, ref {slots}, {rows});",
        EmbeddingPlan embedding =>
            $"Nano::EmbeddingTable.Lookup(ref {At("weights", layer.WeightOffset)}, {embedding.Vocabulary}, {layer.Split.RowLength}, ref {x}, {xStride}, 0, " +
            $"ref {y}, 0, {rows}, 1);",
        NormalizationPlan normalization => ForwardEmitter.NormalizationCall(normalization, x, xStride, y, record: null, rows),
        ScalingPlan scaling => ForwardEmitter.ScalingCall(scaling, x, xStride, y, rows),
        _ => throw new InvalidOperationException($"{layer.Name} is not in streams"),
    };
}
