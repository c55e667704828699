namespace NanoRnn.Learning.Tests;

public class ClippingTests
{
    private const int Epochs = 200;

    // Half the variance of the sums, which is the loss of who always says their mean.
    private const float HalfOfVariance = ExplodingProblem.TimeSteps / 24f;

    private static readonly Optimizer Descent = Optimizer.Sgd(learningRate: 0.005f);

    [Fact]
    public void GradientExplodes() => Assert.False(float.IsFinite(ExplodingProblem.Learn(Descent, Epochs)));

    [Fact]
    public void ClippingTheNormOfAllTensorsSaves() =>
        Assert.InRange(ExplodingProblem.Learn(Descent with { GlobalClipNorm = 1 }, Epochs), 0, HalfOfVariance);

    [Fact]
    public void ClippingTheNormOfEachTensorSaves() =>
        Assert.InRange(ExplodingProblem.Learn(Descent with { ClipNorm = 1 }, Epochs), 0, HalfOfVariance);

    [Fact]
    public void ClippingElementsSaves() =>
        Assert.InRange(ExplodingProblem.Learn(Descent with { ClipValue = 0.1f }, Epochs), 0, HalfOfVariance);
}
