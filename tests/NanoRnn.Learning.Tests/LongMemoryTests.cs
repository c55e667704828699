namespace NanoRnn.Learning.Tests;

public class LongMemoryTests
{
    private const int Steps = 1500;

    private static readonly Optimizer Adam = Optimizer.Adam(learningRate: 0.01f) with { GlobalClipNorm = 1 };

    [Fact]
    public void LstmAddsOverAHundredSteps() => Assert.InRange(AddingProblem.Learn(new AddingLstm(seed: 1), Steps, Adam), 0, 0.01f);

    [Fact]
    public void GruAddsOverAHundredSteps() => Assert.InRange(AddingProblem.Learn(new AddingGru(seed: 1), Steps, Adam), 0, 0.01f);

    // The gradient vanishes on its way back: after as many steps as the others have had it knows next to nothing.
    [Fact]
    public void SimpleRnnDoesNot() => Assert.InRange(AddingProblem.Learn(new AddingRnn(seed: 1), Steps, Adam), 0.14f, 0.2f);

    [Fact]
    public void GruCopiesAfterAPause() =>
        Assert.InRange(CopyProblem.Learn(new CopyingGru(seed: 1), steps: 6000, Adam), 0.99, 1);
}
