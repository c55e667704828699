namespace NanoRnn.Training.Tests.Scaling;

/// <summary>Data in units of their own, and Keras's formulas.</summary>
internal static class Numbers
{
    private const float Epsilon = 1e-7f;

    /// <summary>Rows whose features differ by orders of magnitude.</summary>
    public static float[] Rows(int count, int features, uint seed = 1)
    {
        var random = new RandomGenerator(seed);
        var rows = new float[count * features];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = (100 * (i % features)) - 50 + ((1 + (i % features)) * random.NextUniform(-3, 3));
        return rows;
    }

    public static float[] Normalized(ReadOnlySpan<float> rows, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales)
    {
        var y = rows.ToArray();
        for (var i = 0; i < y.Length; i++)
            y[i] = (y[i] - offsets[i % offsets.Length]) / scales[i % offsets.Length];
        return y;
    }

    public static float[] Denormalized(ReadOnlySpan<float> rows, ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales)
    {
        var y = rows.ToArray();
        for (var i = 0; i < y.Length; i++)
        {
            var scaled = y[i] * scales[i % offsets.Length];
            y[i] = scaled + offsets[i % offsets.Length];
        }

        return y;
    }

    /// <summary>What a layer subtracts, and what it divides by.</summary>
    public static (float[] Offsets, float[] Scales) Of(WeightCollection weights, string layer) =>
        weights.SingleOrDefault(tensor => tensor.Name == layer + ".mean") is { } mean
            ? (mean.ToArray(), [.. weights[layer + ".variance"].ToArray().Select(variance => Math.Max(MathF.Sqrt(variance), Epsilon))])
            : (weights[layer + ".minimum"].ToArray(),
                [.. weights[layer + ".maximum"].ToArray().Zip(weights[layer + ".minimum"].ToArray(), (high, low) => Math.Max(high - low, Epsilon))]);

    /// <summary>Mean and variance of each feature, in double precision and two passes.</summary>
    public static (double[] Means, double[] Variances) Statistics(IEnumerable<float[]> rows)
    {
        var all = rows.ToArray();
        double[] means = [.. Enumerable.Range(0, all[0].Length).Select(i => all.Average(row => (double)row[i]))];
        return (means, [.. means.Select((mean, i) => all.Average(row => (row[i] - mean) * (row[i] - mean)))]);
    }

    /// <summary>Gives a model the weights of the tensors of the same name.</summary>
    public static void Copy(WeightCollection from, WeightCollection to)
    {
        foreach (var tensor in to)
            tensor.CopyFrom(from[tensor.Name].ToArray());
    }

    public static float[] All(WeightCollection weights) => [.. weights.SelectMany(tensor => tensor.ToArray())];
}
