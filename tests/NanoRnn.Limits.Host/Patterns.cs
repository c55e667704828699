using NanoRnn.CompilerServices;
using NanoRnn.Reference;

namespace NanoRnn.Limits;

/// <summary>Which numbers are finite (f), infinite (+, -) and NaN (n).</summary>
internal static class Patterns
{
    public static string Of(float[] values) => string.Concat(values.Select(value =>
        float.IsFinite(value) ? 'f' : float.IsNaN(value) ? 'n' : value > 0 ? '+' : '-'));

    /// <summary>The plain network of a model class with the weights of a model.</summary>
    public static ReferenceNetwork NetworkOf(Type model, ModelLayout layout, ReadOnlySpan<float> weights)
    {
        var network = new ReferenceNetwork(model);
        for (var t = 0; t < network.Tensors.Count; t++)
        {
            var (values, tensor) = (network.Tensors[t].Values, layout.Tensors[t]);
            for (var i = 0; i < values.Length; i++)
                values[i] = weights[tensor.IndexOf(i / tensor.Columns, i % tensor.Columns)];
        }

        return network;
    }

    /// <summary>Where a model's outputs are of another kind than those of a plain network.</summary>
    public static IEnumerable<string> Compare(
        ISequencePredictor<float> model, ReferenceNetwork network, float[] inputs, int rows, int timeSteps)
    {
        float[] plain = [.. network.Predict(inputs, timeSteps).Select(value => (float)value)];
        var (expected, batch, alone) = (Of(plain), new float[plain.Length], new float[plain.Length]);
        model.PredictBatch(inputs, timeSteps, batch);
        if (Of(batch) != expected)
            yield return $"PredictBatch gives {Of(batch)}, expected {expected}";
        var (length, outputLength) = (inputs.Length / rows, plain.Length / rows);
        for (var row = 0; row < rows; row++)
            model.Predict(inputs.AsSpan(row * length, length), alone.AsSpan(row * outputLength, outputLength));
        if (Of(alone) != expected)
            yield return $"Predict gives {Of(alone)}, expected {expected}";
    }
}
