using NanoRnn.Numerics;

namespace NanoRnn.Tests.Runtime;

public class NumericsTests
{
    [Fact]
    public void LogIsWithinOneUnitInTheLastPlaceOfADouble()
    {
        var random = new RandomGenerator(3);
        for (var i = 0; i < 200_000; i++)
        {
            var x = BitConverter.UInt64BitsToDouble(random.NextUInt64() & long.MaxValue);
            if (!double.IsFinite(x) || x == 0)
                continue;
            AssertClose(x);
            AssertClose(0.5 + random.NextDouble());
        }

        static void AssertClose(double x)
        {
            var expected = Math.Log(x);
            Assert.InRange(DeterministicMath.Log(x), Math.BitDecrement(expected), Math.BitIncrement(expected));
        }
    }

    [Fact]
    public void LogAsAFloatIsWithinOneUnitOfTheSystems()
    {
        for (var bits = BitConverter.SingleToInt32Bits(1e-7f); bits < BitConverter.SingleToInt32Bits(2f); bits += 997)
        {
            var x = BitConverter.Int32BitsToSingle(bits);
            var expected = (float)Math.Log(x);
            Assert.InRange((float)DeterministicMath.Log(x), MathF.BitDecrement(expected), MathF.BitIncrement(expected));
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.Epsilon, -744.4400719213812)]
    public void LogOfSpecialValues(double x, double expected) => Assert.Equal(expected, DeterministicMath.Log(x));

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(1600)]
    public void SumOfSquaresFoldsSixteenPartialSums(int length)
    {
        var random = new RandomGenerator(5);
        var values = new float[length];
        foreach (ref var value in values.AsSpan())
            value = random.NextUniform(-3, 3);
        var sums = new double[16];
        for (var i = 0; i < length; i++)
            sums[i % 16] += (double)values[i] * values[i];
        for (var half = 8; half >= 1; half /= 2)
        {
            for (var i = 0; i < half; i++)
                sums[i] += sums[i + half];
        }

        Assert.Equal(sums[0], PartialSums.OfSquares(values));
    }
}
