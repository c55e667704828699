using System.Runtime.Intrinsics;
using NanoRnn.Numerics;

namespace NanoRnn.Training.Tests.Numerics;

/// <summary>The functions of plain double arithmetic beside the platform's.</summary>
public class DeterministicMathTests
{
    [Fact]
    public void ExponentialIsOffByAUnit()
    {
        for (var x = -708.0; x <= 709; x += 0.0371)
        {
            Assert.Equal(1, DeterministicMath.Exp(x) / Math.Exp(x), 4e-16);
            var eight = DeterministicMath.Exp(Vector512.Create(x, 0, -x, 1, x, x, x, x));
            Assert.Equal(1, eight[0] / Math.Exp(x), 4e-16);
            Assert.Equal(1, eight[1]);
        }
    }

    [Theory]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(-746, 0)]
    [InlineData(0, 1)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void ExponentialHasEnds(double x, double expected)
    {
        Assert.Equal(expected, DeterministicMath.Exp(x));
        Assert.Equal(Vector512.Create(expected).ToString(), DeterministicMath.Exp(Vector512.Create(x)).ToString());
    }

    [Fact]
    public void OneNumberHasTheBitsOfEight()
    {
        double[] ends =
        [
            0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 2.2250738585072014e-308,
            2.2250738585072009e-308, -708, -708.0000001, 709, 709.0000001, 0.70710678118654752440, 0.70710678118654763542,
        ];
        var random = new RandomGenerator(seed: 1);
        for (var i = 0; i < 200_000; i++)
        {
            var x = i < ends.Length ? ends[i] : i % 2 == 0 ? BitConverter.UInt64BitsToDouble(random.NextUInt64()) : random.NextUniform(-750, 750);
            AssertSameBits(x, DeterministicMath.Log(Vector512.Create(x)), DeterministicMath.Log(x));
            AssertSameBits(x, DeterministicMath.Exp(Vector512.Create(x)), DeterministicMath.Exp(x));
        }

        static void AssertSameBits(double x, Vector512<double> eight, double one) => Assert.True(
            BitConverter.DoubleToUInt64Bits(eight[5]) == BitConverter.DoubleToUInt64Bits(one), $"Of {x:R} eight give {eight[5]:R}, one {one:R}.");
    }

    [Fact]
    public void PowerFollowsItsLogarithm()
    {
        foreach (var x in (double[])[1e-9, 0.3, 0.999, 1, 1.5, 40])
        {
            foreach (var y in (double[])[0.1, 1, 2, 7.5])
                Assert.Equal(1, DeterministicMath.Pow(x, y) / Math.Pow(x, y), 1e-13);
        }

        Assert.Equal(0, DeterministicMath.Pow(0, 2));
        Assert.Equal(1, DeterministicMath.Pow(0, 0));
    }

    [Fact]
    public void CosineIsOffByAUnit()
    {
        // The platform's argument has a rounding of its own.
        for (var i = 0; i <= 1000; i++)
            Assert.Equal(Math.Cos(Math.PI * i / 1000), DeterministicMath.CosPi(i / 1000.0), 8e-16);
        Assert.Equal(1, DeterministicMath.CosPi(0));
        Assert.Equal(0, DeterministicMath.CosPi(0.5));
        Assert.Equal(-1, DeterministicMath.CosPi(1));
    }
}
