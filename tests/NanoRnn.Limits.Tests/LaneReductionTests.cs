using NanoRnn.CompilerServices;

namespace NanoRnn.Limits.Tests;

/// <summary>Sums over rows of any length, with anything behind them.</summary>
public class LaneReductionTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(1, 70)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void TakesWhatCounts(int length)
    {
        var random = new RandomGenerator(seed: 3);
        var (a, b) = (new float[96], new float[96]);
        for (var i = 0; i < a.Length; i++)
            (a[i], b[i]) = i < length ? (random.NextUniform(-1, 1), random.NextUniform(-1, 1)) : (float.NaN, float.PositiveInfinity);
        Assert.Equal(a.Take(length).Zip(b, (x, y) => (double)x * y).Sum(), LaneReduction.Dot(ref a[0], ref b[0], length), 1e-5);
        Assert.Equal(a.Take(length).Sum(x => (double)x), LaneReduction.Sum(ref a[0], length), 1e-5);
        Assert.Equal(a.Take(length).Max(), LaneReduction.Max(ref a[0], length));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void SeesEveryNumber(int length)
    {
        var (values, ones) = (new float[96], new float[96]);
        values.AsSpan(0, length).Fill(-2);
        ones.AsSpan().Fill(1);
        for (var i = 0; i < length; i++)
        {
            values[i] = float.NaN;
            Assert.Equal(float.NaN, LaneReduction.Dot(ref values[0], ref ones[0], length));
            Assert.Equal(float.NaN, LaneReduction.Sum(ref values[0], length));
            Assert.Equal(float.NaN, LaneReduction.Max(ref values[0], length));
            values[i] = -1;
            Assert.Equal(-1f, LaneReduction.Max(ref values[0], length));
            values[i] = -2;
        }
    }
}
