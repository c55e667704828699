namespace NanoRnn.Reduced.Tests;

/// <summary>Weights become the nearest numbers of the format, of two that are equally near the even one.</summary>
public class RoundingTests
{
    public static TheoryData<string, Precision> Models => Cases.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public void KernelsAreRoundedAndNothingElseIs(string network, Precision precision)
    {
        var family = Families.Named(network);
        var model = family.Create(21);
        var reduced = family.Reduced[precision](model.Weights);
        Assert.Equal(model.Weights.Select(tensor => tensor.Name), reduced.Weights.Select(tensor => tensor.Name));
        foreach (var tensor in reduced.Weights)
        {
            var values = model.Weights[tensor.Name].ToArray();
            var expected = Cases.IsReduced(network, tensor) ? values.Select(value => Cases.Round(value, precision)) : values;
            Assert.Equal(Cases.Bits([.. expected]), Cases.Bits(tensor.ToArray()));
        }
    }

    /// <summary>Every number of half precision, and what lies half-way to the next one and just beside.</summary>
    [Fact]
    public void EveryHalfIsKeptAndItsNeighboursAreRoundedToIt()
    {
        var values = new List<float>();
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var half = BitConverter.UInt16BitsToHalf((ushort)bits);
            if (!Half.IsFinite(half) || !Half.IsFinite(Half.BitIncrement(half)))
                continue;
            var middle = ((float)half + (float)Half.BitIncrement(half)) / 2;
            values.AddRange([(float)half, middle, float.BitIncrement(middle), float.BitDecrement(middle)]);
        }

        CheckAgainst(Precision.Float16, value => (float)(Half)value, values);
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void NumbersOfEverySizeAreRounded(Precision precision)
    {
        var random = new RandomGenerator(1);
        var values = new List<float> { 0, -0f, float.Epsilon, -float.Epsilon, 65519.996f, 1.1754942e-38f };
        while (values.Count < 200_000)
        {
            // All exponents that the format has and smaller ones; ties are frequent.
            var value = BitConverter.Int32BitsToSingle((int)(random.NextInt(1 << 16) << 16 | random.NextInt(16) << 12));
            if (float.IsFinite(Cases.Round(value, precision)) && float.IsFinite(value))
                values.Add(value);
        }

        CheckAgainst(precision, value => Cases.Round(value, precision), values);
    }

    private static void CheckAgainst(Precision precision, Func<float, float> round, List<float> values)
    {
        var family = Families.Named("Layers");
        var model = family.Create(0);
        var kernel = model.Weights["dense_1.kernel"];
        foreach (var chunk in values.Chunk(kernel.Count))
        {
            var padded = new float[kernel.Count];
            chunk.CopyTo(padded, 0);
            kernel.CopyFrom(padded);
            var found = family.Reduced[precision](model.Weights).Weights["dense_1.kernel"].ToArray();
            Assert.Equal(Cases.Bits([.. padded.Select(round)]), Cases.Bits(found));
        }
    }
}
