using Forecasting;

namespace NanoRnn.Samples.Tests;

public class ForecastingOptionsTests
{
    [Fact]
    public void DefaultsHoldWithoutArguments() => Assert.Equal(new Options(), Options.Parse([]));

    [Fact]
    public void OptionsAreTaken() => Assert.Equal(
        new Options { Seed = -7, Epochs = 3, Output = "there", Help = true },
        Options.Parse(["--output", "there", "--seed", "-7", "--epochs", "3", "--help"]));

    [Theory]
    [InlineData("Unknown argument '--speed'.", "--speed", "3")]
    [InlineData("Unknown argument '7'.", "7")]
    [InlineData("--seed needs a value.", "--seed")]
    [InlineData("--output needs a value.", "--output", "")]
    [InlineData("--epochs needs a whole number from 1 to 10000, not '0'.", "--epochs", "0")]
    [InlineData("--epochs needs a whole number from 1 to 10000, not '1.5'.", "--epochs", "1.5")]
    [InlineData("--seed needs a whole number from -2147483648 to 2147483647, not 'lucky'.", "--seed", "lucky")]
    public void MistakesAreNamed(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Options.Parse(arguments)).Message);

    [Theory]
    [InlineData("line 'month,sunspots'", "")]
    [InlineData("line 3: expected 1749-02", "month,sunspots", "1749-01,58", "1749-03,62")]
    [InlineData("line 2: expected a month and a number", "month,sunspots", "1749-01,many")]
    public void MistakesInTheDataAreNamed(string message, params string[] lines)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, lines);
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => MonthlySeries.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
