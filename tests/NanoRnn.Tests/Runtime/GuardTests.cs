using NanoRnn.CompilerServices;

namespace NanoRnn.Tests.Runtime;

public class GuardTests
{
    [Fact]
    public void TimeStepsAndRowsAreCounted()
    {
        Assert.Equal(5, Guard.Predict(new float[10], new float[3], 2, 3, returnsSequences: false));
        Assert.Equal(5, Guard.Predict(new float[10], new float[15], 2, 3, returnsSequences: true));
        Assert.Equal(2, Guard.PredictBatch(new float[20], 5, new float[6], 2, 3, returnsSequences: false));
        Assert.Equal(2, Guard.PredictBatch(new float[20], 5, new float[30], 2, 3, returnsSequences: true));
        Guard.Step(new float[2], new float[3], 2, 3);
    }

    [Theory]
    [InlineData(0, 3, "empty")]
    [InlineData(9, 3, "9 floats; expected a multiple of the 2")]
    [InlineData(10, 2, "Expected 3 floats, found 2")]
    public void PredictNamesLengths(int sequence, int output, string expected) => AssertMessage(
        expected, () => Guard.Predict(new float[sequence], new float[output], 2, 3, returnsSequences: false));

    [Theory]
    [InlineData(0, 3, "one or more sequences of 10 floats (5 time steps of 2)")]
    [InlineData(19, 3, "19 floats")]
    [InlineData(20, 3, "Expected 6 floats, found 3")]
    public void PredictBatchNamesLengths(int sequences, int outputs, string expected) => AssertMessage(
        expected, () => Guard.PredictBatch(new float[sequences], 5, new float[outputs], 2, 3, returnsSequences: false));

    [Theory]
    [InlineData(1, 3, "Expected 2 floats, found 1")]
    [InlineData(2, 4, "Expected 3 floats, found 4")]
    public void StepNamesLengths(int x, int y, string expected) =>
        AssertMessage(expected, () => Guard.Step(new float[x], new float[y], 2, 3));

    [Fact]
    public void TimeStepsMustBePositive()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Guard.PredictBatch(new float[2], 0, new float[3], 2, 3, false));
        Assert.Throws<ArgumentException>(() => Guard.PredictBatch(new float[2], int.MaxValue, new float[3], 2, 3, true));
    }

    [Fact]
    public void OverlapIsRefused()
    {
        var memory = new float[20];
        AssertMessage("overlaps", () => Guard.Predict(memory.AsSpan(0, 10), memory.AsSpan(9, 3), 2, 3, false));
        AssertMessage("overlaps", () => Guard.PredictBatch(memory.AsSpan(0, 10), 5, memory.AsSpan(9, 3), 2, 3, false));
        AssertMessage("overlaps", () => Guard.Step(memory.AsSpan(0, 2), memory.AsSpan(1, 3), 2, 3));
        Guard.Step(memory.AsSpan(0, 2), memory.AsSpan(2, 3), 2, 3);
    }

    private static void AssertMessage(string expected, Action action) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
}
