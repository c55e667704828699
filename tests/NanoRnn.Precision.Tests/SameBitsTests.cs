namespace NanoRnn.Reduced.Tests;

/// <summary>A model of 16 bits computes what a model of floats with the same, rounded weights computes, to the bit.</summary>
public class SameBitsTests
{
    public static TheoryData<string, Precision> Models => Cases.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public void EverythingIsThatOfRoundedFloats(string network, Precision precision)
    {
        var family = Families.Named(network);
        var reduced = family.Reduced[precision](family.Create(11).Weights);
        var rounded = family.Create(12);
        Cases.Set(rounded, reduced.Weights);
        var (expected, found) = (rounded.Compute(), reduced.Compute());
        Assert.Equal(expected.Keys, found.Keys);
        foreach (var (activity, values) in expected)
        {
            Assert.Equal(Cases.Bits(values), Cases.Bits(found[activity]));
            Assert.All(values, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void BatchesAndStepsGiveWhatPredictGives(string network, Precision precision)
    {
        var family = Families.Named(network);
        var results = family.Reduced[precision](family.Create(13).Weights).Compute();
        if (!results.TryGetValue("predict", out var single))
            return;
        foreach (var (activity, values) in results)
        {
            if (activity.StartsWith("batch", StringComparison.Ordinal))
                Assert.Equal(Cases.Bits(single.AsSpan(0, values.Length)), Cases.Bits(values));
        }
    }

    /// <summary>Rounding changes the result, or the comparison above would prove nothing.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void RoundingIsSeen(string network, Precision precision)
    {
        var family = Families.Named(network);
        var model = family.Create(11);
        var reduced = family.Reduced[precision](model.Weights);
        if (network != "Translator")
            Assert.NotEqual(model.Compute()["predict"], reduced.Compute()["predict"]);
        Assert.NotEqual(model.Weights.SelectMany(tensor => tensor.ToArray()), reduced.Weights.SelectMany(tensor => tensor.ToArray()));
    }
}
