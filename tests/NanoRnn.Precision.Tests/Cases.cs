namespace NanoRnn.Reduced.Tests;

/// <summary>What the tests run over, and what they say of a tensor without asking the library.</summary>
internal static class Cases
{
    /// <summary>All models with floats of 16 bits.</summary>
    public static TheoryData<string, Precision> Models
    {
        get
        {
            var data = new TheoryData<string, Precision>();
            foreach (var family in Families.All)
            {
                foreach (var precision in family.Reduced.Keys.Where(precision => precision != Precision.Int8))
                    data.Add(family.Name, precision);
            }

            return data;
        }
    }

    public static TheoryData<string> Networks => [.. Families.All.Select(family => family.Name)];

    /// <summary>
    /// Whether a tensor is stored in the model's precision: kernels, but not those of dense layers with up to four units or of cells of
    /// the user's.
    /// </summary>
    public static bool IsReduced(string network, WeightTensor tensor) =>
        tensor.Name.EndsWith("kernel", StringComparison.Ordinal)
        && !tensor.Name.StartsWith("custom_rnn", StringComparison.Ordinal)
        && (network, tensor.Name) is not (("Odd" or "Large", "dense.kernel") or ("Layers", "dense_2.kernel") or ("Graph", "few.kernel"));

    /// <summary>The nearest number that the format has, computed in doubles.</summary>
    public static float Round(float value, Precision precision)
    {
        var (fractionBits, smallestExponent, largest) = precision == Precision.BFloat16
            ? (7, -126, 3.3895313892515355e38)
            : (10, -14, 65504.0);
        if (value == 0)
            return value;
        var exponent = Math.Max(Math.ILogB(value), smallestExponent);
        var unit = Math.ScaleB(1, exponent - fractionBits);
        var rounded = Math.Round(value / unit, MidpointRounding.ToEven) * unit;
        return Math.Abs(rounded) > largest ? float.CopySign(float.PositiveInfinity, value) : (float)rounded;
    }

    /// <summary>Sets all weights of a model of floats.</summary>
    public static void Set(TestModel target, WeightCollection weights)
    {
        foreach (var tensor in target.Weights)
            tensor.CopyFrom(weights[tensor.Name].ToArray());
    }

    public static int[] Bits(ReadOnlySpan<float> values)
    {
        var bits = new int[values.Length];
        for (var i = 0; i < bits.Length; i++)
            bits[i] = BitConverter.SingleToInt32Bits(values[i]);
        return bits;
    }
}
