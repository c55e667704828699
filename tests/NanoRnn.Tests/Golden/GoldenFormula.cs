using System.Text;
using NanoRnn.Reference;

namespace NanoRnn.Tests.Golden;

/// <summary>
/// The formula behind every weight, input, token, length and target of the golden cases; tests/golden/formula.py is the same in Python.
/// </summary>
/// <remarks>
/// A number stream has a text key. Its 64-bit seed is the FNV-1a hash of the key; number i (from 0) is output i of SplitMix64
/// started at that seed, of which the top 24 bits, minus 2²³, divided by 2²³, times a bound, are rounded to float. Every
/// step is exact or correctly rounded, so both languages get the same bits.
/// </remarks>
internal static class GoldenFormula
{
    private const int StoredElements = 16;
    private const double BiasBound = 0.25;

    /// <summary>Numbers in [−bound, bound).</summary>
    public static float[] Uniform(string key, int count, double bound = 1)
    {
        var numbers = new float[count];
        var state = SeedOf(key);
        for (var i = 0; i < count; i++)
            numbers[i] = (float)(((long)(NextSplitMix(ref state) >> 40) - (1 << 23)) / (double)(1 << 23) * bound);

        return numbers;
    }

    /// <summary>Bound of a tensor's elements: 1/4 for biases, 1 for scales and embeddings, 1/√rows for matrices.</summary>
    public static double BoundOf(string tensor, IReadOnlyList<int> shape) => tensor[(tensor.LastIndexOf('.') + 1)..] switch
    {
        "bias" or "beta" or "moving_mean" or "moving_variance" => BiasBound,
        "gamma" or "embeddings" => 1,
        _ => 1.0 / Math.Sqrt(CountOf([.. shape.SkipLast(1)])),
    };

    /// <summary>The tensor a case starts from; variances lie around 1.</summary>
    public static float[] Weights(string key, string tensor, IReadOnlyList<int> shape)
    {
        var values = Uniform($"{key}/{tensor}", CountOf(shape), BoundOf(tensor, shape));
        return tensor.EndsWith("variance", StringComparison.Ordinal) ? Array.ConvertAll(values, value => value + 1) : values;
    }

    /// <summary>The batch of a case, batch × time × features.</summary>
    public static float[] Inputs(string key, int count) => Uniform($"{key}/inputs", count);

    /// <summary>The batch of a case that takes tokens, batch × time.</summary>
    public static int[] Tokens(string key, int count, int vocabulary) => Choices($"{key}/tokens", count, vocabulary);

    /// <summary>Steps of each sequence of a batch, at least one.</summary>
    public static int[] Lengths(string key, int batch, int steps) =>
        Array.ConvertAll(Choices($"{key}/lengths", batch, steps), choice => choice + 1);

    /// <summary>Which steps of a batch are set to zero, some 30 of 100.</summary>
    public static bool[] Padding(string key, int count) =>
        Array.ConvertAll(Uniform($"{key}/padding", count), draw => draw < -0.4f);

    /// <summary>
    /// Targets for <paramref name="rows"/> outputs of <paramref name="features"/>: numbers, zeros and ones, one-hot rows, or
    /// class indices.
    /// </summary>
    public static float[] Targets(string key, ReferenceLoss loss, int rows, int features)
    {
        if (loss is not (ReferenceLoss.CategoricalCrossentropy or ReferenceLoss.SparseCategoricalCrossentropy))
        {
            var draws = Uniform($"{key}/targets", rows * features);
            return loss == ReferenceLoss.BinaryCrossentropy ? Array.ConvertAll(draws, draw => draw >= 0 ? 1f : 0f) : draws;
        }

        var indices = Choices($"{key}/targets", rows, features);
        if (loss == ReferenceLoss.SparseCategoricalCrossentropy)
            return Array.ConvertAll(indices, index => (float)index);

        var oneHot = new float[rows * features];
        for (var row = 0; row < rows; row++)
            oneHot[row * features + indices[row]] = 1;

        return oneHot;
    }

    /// <summary>What a decoder is to make: tokens below its start token, the end token behind them.</summary>
    public static int[] TargetTokens(string key, int batch, int steps, int startToken, int endToken)
    {
        var tokens = Choices($"{key}/targets", batch * steps, startToken);
        for (var i = steps - 1; i < tokens.Length; i += steps)
            tokens[i] = endToken;

        return tokens;
    }

    /// <summary>Which elements of a flattened tensor a golden file stores.</summary>
    public static int[] SampleIndices(int count) =>
        count <= StoredElements
            ? [.. Enumerable.Range(0, count)]
            : [.. Enumerable.Range(0, StoredElements).Select(i => (int)((long)i * (count - 1) / (StoredElements - 1)))];

    /// <summary>Inner product of a flattened tensor with numbers in [−1, 1).</summary>
    public static double Projection(string tensor, float[] values) =>
        Uniform($"projection/{tensor}", values.Length).Zip(values, (a, b) => (double)a * b).Sum();

    public static int CountOf(IReadOnlyList<int> shape) => shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Integers from 0 to below <paramref name="choices"/>.</summary>
    private static int[] Choices(string key, int count, int choices) =>
        Array.ConvertAll(Uniform(key, count), draw => (int)Math.Floor((draw + 1.0) * 0.5 * choices));

    /// <summary>FNV-1a, 64 bits, of the key's UTF-8 bytes.</summary>
    private static ulong SeedOf(string key)
    {
        var hash = 0xCBF29CE484222325ul;
        foreach (var b in Encoding.UTF8.GetBytes(key))
            hash = unchecked((hash ^ b) * 0x100000001B3ul);

        return hash;
    }

    private static ulong NextSplitMix(ref ulong state)
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15ul;
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ul;
            z = (z ^ z >> 27) * 0x94D049BB133111EBul;
            return z ^ z >> 31;
        }
    }
}
