using Shapes;

namespace NanoRnn.Samples.Tests;

public class ShapesTests
{
    [Fact]
    public void RegressionFindsTheSurface()
    {
        var errors = Regression.Run(TextWriter.Null);
        Assert.InRange(errors.Mean, 0.4, 0.6);
        Assert.InRange(errors.Model, 0, 0.02);
    }

    [Fact]
    public void TaggingNeedsBothDirections()
    {
        var rights = Tagging.Run(TextWriter.Null);
        Assert.Equal(1, rights.BothWays);
        Assert.InRange(rights.Forward, 0.7, 0.9);
    }

    [Theory]
    [InlineData("1011", "1111")]
    [InlineData("0101100", "0111100")]
    [InlineData("1011011", "1111111")]
    [InlineData("101", "000")]
    public void TagsAreThoseOfThePattern(string bits, string tags) =>
        Assert.Equal(tags.Select(tag => tag - '0' + 0f), Tagging.GetTags(bits.Select(bit => bit - '0' + 0f).ToArray()));
}
