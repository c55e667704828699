using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Planning;
using static NanoRnn.Generators.Emission.Reference;

namespace NanoRnn.Generators.Emission;

/// <summary>The calls that make one output of those of several layers, and those of the way back.</summary>
internal static class MergeCalls
{
    /// <param name="layer">The layer.</param>
    /// <param name="sources">The first row of each source, and the floats to its next.</param>
    /// <param name="y">The layer's first row.</param>
    /// <param name="rows">How many rows.</param>
    public static IEnumerable<string> Forward(MergePlan layer, IReadOnlyList<(string Reference, string Stride)> sources, string y, string rows)
    {
        var (row, features) = (layer.Split.RowLength, layer.Features);
        if (layer.Operation == MergeOperation.Concatenate)
        {
            for (var i = 0; i < sources.Count; i++)
                yield return
                    $"Nano::RowOperations.Copy(ref {sources[i].Reference}, {sources[i].Stride}, ref {At(y, layer.StartOf(i))}, {row}, {layer.FeaturesOf(layer.Sources[i])}, {rows});";
            yield break;
        }

        var method = layer.Operation == MergeOperation.Average ? MergeOperation.Add : layer.Operation;
        for (var i = 1; i < sources.Count; i++)
        {
            var (first, stride) = i == 1 ? sources[0] : (y, row.ToString());
            yield return
                $"Nano::Merging.{method}(ref {first}, {stride}, ref {sources[i].Reference}, {sources[i].Stride}, ref {y}, {row}, {features}, {rows});";
        }

        if (layer.Operation == MergeOperation.Average)
            yield return $"Nano::Merging.Divide(ref {y}, {row}, {sources.Count}, {features}, {rows});";
    }

    /// <summary>From the gradient of the output to that of one source.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">Number of the source.</param>
    /// <param name="factor">Of a product: the other source's first row, and the floats to its next.</param>
    /// <param name="below">The first row of the source's gradient.</param>
    public static string Backward(MergePlan layer, int source, (string Reference, string Stride) factor, string below)
    {
        var (row, features, stride, adds) =
            (layer.Split.RowLength, layer.FeaturesOf(layer.Sources[source]), layer.Sources[source]!.Split.RowLength, layer.AddsTo[source]);
        var accumulates = adds ? "true" : "false";
        return layer.Operation switch
        {
            MergeOperation.Multiply =>
                $"Nano::Merging.MultiplyBackward(ref arriving, {row}, ref {factor.Reference}, {factor.Stride}, ref {below}, {stride}, {features}, rows, {accumulates});",
            MergeOperation.Average => Scale($"1f / {layer.Sources.Count}"),
            MergeOperation.Subtract when source == 1 => Scale("-1f"),
            _ => $"Nano::RowOperations.{(adds ? "Add" : "CopyPadded")}(ref {At("arriving", layer.StartOf(source))}, {row}, ref {below}, {stride}, {features}, rows);",
        };

        string Scale(string scale) =>
            $"Nano::Merging.ScaleBackward(ref arriving, {row}, {scale}, ref {below}, {stride}, {features}, rows, {accumulates});";
    }
}
