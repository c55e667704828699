using global::Samples;

namespace NanoRnn.Samples.Tests;

public class OptionsTests
{
    private static readonly Options Defaults = new() { Epochs = 30, Output = "here" };

    [Fact]
    public void DefaultsHoldWithoutArguments() => Assert.Equal(Defaults, Defaults.Parse([]));

    [Fact]
    public void OptionsAreTaken() => Assert.Equal(
        new Options { Seed = -7, Epochs = 3, Output = "there", Help = true },
        Defaults.Parse(["--output", "there", "--seed", "-7", "--epochs", "3", "--help"]));

    [Theory]
    [InlineData("Unknown argument '--speed'.", "--speed", "3")]
    [InlineData("Unknown argument '7'.", "7")]
    [InlineData("--seed needs a value.", "--seed")]
    [InlineData("--output needs a value.", "--output", "")]
    [InlineData("--epochs needs a whole number from 1 to 10000, not '0'.", "--epochs", "0")]
    [InlineData("--epochs needs a whole number from 1 to 10000, not '1.5'.", "--epochs", "1.5")]
    [InlineData("--seed needs a whole number from -2147483648 to 2147483647, not 'lucky'.", "--seed", "lucky")]
    public void MistakesAreNamed(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Defaults.Parse(arguments)).Message);

    [Fact]
    public void SamplesThatWriteNothingHaveNoFolder()
    {
        var defaults = Defaults with { Output = null };
        Assert.Equal("Unknown argument '--output'.", Assert.Throws<UsageException>(() => defaults.Parse(["--output", "there"])).Message);
        Assert.DoesNotContain("--output", defaults.Describe("Sample"), StringComparison.Ordinal);
    }

    [Fact]
    public void HelpHasALineForEachOption() => Assert.Equal(
        [
            "Usage: dotnet run -c Release --project samples/Sample -- [options]",
            "  --seed N       seed of the weights and of the order of the samples (default 0)",
            "  --epochs N     how often to go through the training part, 1 to 10000 (default 30)",
            "  --output DIR   folder for what it writes (default here)",
            "  --help         this text",
        ],
        Defaults.Describe("Sample").Split(Environment.NewLine));
}
