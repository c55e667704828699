using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Operators;

/// <summary>
/// <c>Σ scale · tanh(query + key)</c> of each step of the query with each of the key. ONNX has no operator for it; what exporters write of
/// single ones has a number for every pair of steps in between.
/// </summary>
internal static class AdditiveScores
{
    public const string Kind = "NanoRnn.AdditiveScores";

    /// <param name="call">Query and key, sequences × steps × features, and the scale.</param>
    public static Tensor Run(OperatorCall call)
    {
        var (query, key, scale) = (call[0], call[1], call[2]);
        call.Demand(query.Rank == 3 && key.Rank == 3 && query.Shape[0] == key.Shape[0] && query.Shape[2] == key.Shape[2] && scale.Count == query.Shape[2], "expected queries, keys and a scale of as many features");
        var (queries, keys, features) = (query.Shape[1], key.Shape[1], query.Shape[2]);
        int[] shape = [query.Shape[0], queries, keys];
        var result = call.Allocate(shape);
        call.CheckWork(result.Length, features);
        for (var i = 0; i < result.Length; i++)
        {
            var (row, column) = (i / keys, i / keys / queries * keys + i % keys);
            for (var feature = 0; feature < features; feature++)
                result[i] += scale.Values[feature] * Math.Tanh(query.Values[row * features + feature] + key.Values[column * features + feature]);
        }

        return new Tensor(shape, result);
    }
}
