using NanoRnn.Numerics;

namespace NanoRnn.Training.Tests.Numerics;

/// <summary>The functions of plain double arithmetic beside the platform's.</summary>
public class DeterministicMathTests
{
    [Fact]
    public void ExponentialIsOffByAUnit()
    {
        for (var x = -708.0; x <= 709; x += 0.0371)
            Assert.Equal(1, DeterministicMath.Exp(x) / Math.Exp(x), 4e-16);
        Assert.Equal(0, DeterministicMath.Exp(-709));
        Assert.Equal(0, DeterministicMath.Exp(double.NegativeInfinity));
        Assert.Equal(1, DeterministicMath.Exp(0.0));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Exp(710));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Exp(double.PositiveInfinity));
        Assert.Equal(double.NaN, DeterministicMath.Exp(double.NaN));
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
