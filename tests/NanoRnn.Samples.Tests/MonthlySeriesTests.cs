using Forecasting;

namespace NanoRnn.Samples.Tests;

public class MonthlySeriesTests
{
    [Theory]
    [InlineData("line 'month,sunspots'", "")]
    [InlineData("line 3: expected 1749-02", "month,sunspots", "1749-01,58", "1749-03,62")]
    [InlineData("line 2: expected a month and a number", "month,sunspots", "1749-01,many")]
    public void MistakesInTheDataAreNamed(string message, params string[] lines) =>
        Assert.Contains(message, Refusal.Of(lines, path => MonthlySeries.Load(path)), StringComparison.Ordinal);
}
