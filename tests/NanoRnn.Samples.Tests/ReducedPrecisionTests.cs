using System.Globalization;
using Digits;
using Forecasting;
using ReducedPrecision;

namespace NanoRnn.Samples.Tests;

public class ReducedPrecisionTests
{
    [Fact]
    public void FewerBitsLoseNextToNothing()
    {
        var data = Path.Combine(AppContext.BaseDirectory, "data");
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var results = PrecisionComparison.Run(
            MonthlySeries.Load(Path.Combine(data, "monthly-sunspots.csv")), DigitImages.Load(Path.Combine(data, "digits.csv")), writer);
        var wide = results[0];
        Assert.Equal("Float32", wide.Precision);
        Assert.InRange(wide.Sunspots.Rmse, 18, 19);
        foreach (var result in results.Where(result => result.Precision is "BFloat16" or "Float16"))
        {
            Assert.Equal(wide.Sunspots.Rmse, result.Sunspots.Rmse, 0.001 * wide.Sunspots.Rmse);
            Assert.NotEqual(wide.Sunspots.Rmse, result.Sunspots.Rmse);
            Assert.Equal(wide.RightDigits, result.RightDigits);
            Assert.Equal(wide.CrossEntropy, result.CrossEntropy, 0.005 * wide.CrossEntropy);
            Assert.InRange(result.WeightBytes, 0.5 * wide.WeightBytes, 0.51 * wide.WeightBytes);
            Assert.Contains($"{result.Sunspots.Rmse:F4}", writer.ToString(), StringComparison.Ordinal);
        }

        var integers = results.Single(result => result.Precision == "Int8");
        Assert.Equal(wide.Sunspots.Rmse, integers.Sunspots.Rmse, 0.01 * wide.Sunspots.Rmse);
        Assert.NotEqual(wide.Sunspots.Rmse, integers.Sunspots.Rmse);
        Assert.Equal(wide.RightDigits, integers.RightDigits, 0.01 * wide.RightDigits);
        Assert.Equal(wide.CrossEntropy, integers.CrossEntropy, 0.02 * wide.CrossEntropy);
        Assert.InRange(integers.WeightBytes, 0.25 * wide.WeightBytes, 0.3 * wide.WeightBytes);
    }
}
