namespace NanoRnn.Tests.Runtime;

public class SequenceDatasetTests
{
    private static readonly float[] Series = [.. Enumerable.Range(0, 10).Select(i => (float)i)];

    [Fact]
    public void SamplesLieOneAfterTheOther()
    {
        var dataset = new SequenceDataset(Series.AsMemory(0, 8), new float[] { 5, 6 }, timeSteps: 2, inputSize: 2, targetSize: 1);
        Assert.Equal(2, dataset.Count);
        Assert.Equal([4, 5, 6, 7], dataset.GetInput(1));
        Assert.Equal([6], dataset.GetTarget(1));
    }

    [Fact]
    public void WindowsAreFollowedByTheirHorizon()
    {
        var dataset = SequenceDataset.FromWindows(Series, window: 3, horizon: 2);
        Assert.Equal((6, 3, 1, 2), (dataset.Count, dataset.TimeSteps, dataset.InputSize, dataset.TargetSize));
        Assert.Equal([0, 1, 2], dataset.GetInput(0));
        Assert.Equal([3, 4], dataset.GetTarget(0));
        Assert.Equal([5, 6, 7], dataset.GetInput(5));
        Assert.Equal([8, 9], dataset.GetTarget(5));
    }

    [Fact]
    public void WindowsOfSeveralFeaturesMoveByTimeSteps()
    {
        var dataset = SequenceDataset.FromWindows(Series, window: 2, horizon: 1, inputSize: 2);
        Assert.Equal((3, 2), (dataset.Count, dataset.TargetSize));
        Assert.Equal([4, 5, 6, 7], dataset.GetInput(2));
        Assert.Equal([8, 9], dataset.GetTarget(2));
    }

    [Fact]
    public void WindowsAreViews()
    {
        var series = (float[])Series.Clone();
        var dataset = SequenceDataset.FromWindows(series, 3, 1);
        series[4] = 42;
        Assert.Equal([3, 42, 5], dataset.GetInput(3));
    }

    [Fact]
    public void PartsAreInOrder()
    {
        var dataset = SequenceDataset.FromWindows(Series, 1, 1);
        var (first, last) = dataset.Split(0.7);
        Assert.Equal((6, 3), (first.Count, last.Count));
        Assert.Equal([5], first.GetInput(5));
        Assert.Equal([6], last.GetInput(0));
        Assert.Equal([7], last.GetTarget(0));
        Assert.Equal([4], dataset.Skip(1).Slice(1, 4).Take(3).GetInput(2));
        Assert.Equal(0, dataset.Skip(9).Count);
        Assert.Equal(0, dataset.Split(0).First.Count);
        Assert.Equal(0, dataset.Split(1).Last.Count);
    }

    [Fact]
    public void IndicesAreChecked()
    {
        var dataset = SequenceDataset.FromWindows(Series, 3, 2).Take(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.GetInput(2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.GetTarget(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Take(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Skip(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Slice(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Split(double.NaN));
    }

    [Fact]
    public void LengthsAreNamed()
    {
        AssertMessage("The inputs have 7 floats; expected one or more samples of 4", () => Create(7, 2));
        AssertMessage("The inputs have 0 floats", () => Create(0, 0));
        AssertMessage("The targets have 3 floats; expected 2", () => Create(8, 3));
        AssertMessage("The series has 10 time steps", () => SequenceDataset.FromWindows(Series, 9, 2));
        AssertMessage("The series has 10 time steps", () => SequenceDataset.FromWindows(Series, int.MaxValue, int.MaxValue));
        AssertMessage("multiple of the 3 floats", () => SequenceDataset.FromWindows(Series, 1, 1, 3));

        static SequenceDataset Create(int inputs, int targets) => new(new float[inputs], new float[targets], 2, 2, 1);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void ValueThatIsNotFiniteIsNamed(float value)
    {
        var series = (float[])Series.Clone();
        series[7] = value;
        AssertMessage("index 7", () => SequenceDataset.FromWindows(series, 2, 1));
        AssertMessage("index 7", () => new SequenceDataset(series, new float[10], 1, 1, 1));
        AssertMessage("index 7", () => new SequenceDataset(new float[10], series, 1, 1, 1));
    }

    private static void AssertMessage(string expected, Func<SequenceDataset> create) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => create()).Message, StringComparison.Ordinal);
}
