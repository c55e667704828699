using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Data;

/// <summary>Windows beside what their definition says row by row.</summary>
public class WindowTests
{
    [Fact]
    public void WindowsAreThoseOfTheDefinition()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 2000; trial++)
        {
            var (series, options) = CreateSeries(random);
            var expected = PlainWindows.Find(series, options);
            if (expected.Count == 0)
            {
                Assert.Throws<ArgumentException>(() => SequenceDataset.FromWindows(series, options));
                continue;
            }

            var dataset = SequenceDataset.FromWindows(series, options);
            Assert.Equal(expected.Count, dataset.Count);
            var (input, target) = (new float[dataset.TimeSteps * dataset.InputSize], new float[dataset.TargetSize]);
            for (var i = 0; i < expected.Count; i++)
            {
                dataset.CopyInput(i, input);
                Assert.Equal(expected[i].Input, input);
                if (!dataset.HasTargets)
                    continue;
                dataset.CopyTarget(i, target);
                Assert.Equal(expected[i].Target, target);
            }
        }
    }

    private static (float[] Series, WindowOptions Options) CreateSeries(Random random)
    {
        var (rows, columns, perStep, skips) = (random.Next(10, 40), random.Next(1, 5), random.Next(3) == 0, random.Next(2) == 0);
        var series = new float[rows * columns];
        for (var i = 0; i < series.Length; i++)
            series[i] = skips && random.Next(20) == 0 ? float.NaN : i;
        var length = random.Next(1, 5);
        var rate = random.Next(1, 4);
        return (series, new WindowOptions
        {
            SequenceLength = length,
            SamplingRate = rate,
            SequenceStride = random.Next(1, 5),
            Columns = columns,
            InputColumns = Columns(),
            TargetColumns = Columns(),
            Offset = random.Next(-(length - 1) * rate - 2, 4),
            Horizon = perStep ? 1 : random.Next(0, 4),
            TargetPerStep = perStep,
            StartIndex = random.Next(3),
            EndIndex = random.Next(2) == 0 ? null : rows - random.Next(3),
            SegmentStarts = random.Next(2) == 0 ? default : (int[])[random.Next(0, rows / 2), random.Next(rows / 2, rows + 1)],
            SkipMissing = skips,
        });

        int[] Columns() => [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => random.Next(columns))];
    }

    /// <summary>timeseries_dataset_from_array(data, targets, sequence_length=3, sampling_rate=2, sequence_stride=2): targets[i] belongs to the window that starts at i.</summary>
    [Fact]
    public void TargetsCanLieWhereKerasHasThem()
    {
        float[] data = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        float[] targets = [.. data.Select(value => 10 * value)];
        var dataset = SequenceDataset.FromWindows(
            data, targets, new WindowOptions { SequenceLength = 3, SamplingRate = 2, SequenceStride = 2, Offset = -4 });
        Assert.Equal(3, dataset.Count);
        var input = new float[3];
        dataset.CopyInput(2, input);
        Assert.Equal([4, 6, 8], input);
        Assert.Equal([40], dataset.GetTarget(2));
    }

    /// <summary>The weather of Jena as keras.io cuts it: 299,973 windows of 120 hours, 1.0 GB if they were copied.</summary>
    [Fact]
    public void NothingIsCopiedOfALargeSeries()
    {
        const int Windows = 299_973;
        const int Rows = Windows + 119 * 6 + 72;
        var series = new float[Rows * 7];
        for (var i = 0; i < series.Length; i++)
            series[i] = i % 1000;
        var options = new WindowOptions { SequenceLength = 120, SamplingRate = 6, Columns = 7, TargetColumns = [1], Offset = 72 };

        SequenceDataset? dataset = null;
        Assert.InRange(AllocatedBytes.Of(() => dataset = SequenceDataset.FromWindows(series, options)), 1, 10_000);
        Assert.Equal((Windows, 120, 7, 1), (dataset!.Count, dataset.TimeSteps, dataset.InputSize, dataset.TargetSize));
        var input = new float[120 * 7];
        dataset.CopyInput(Windows - 1, input);
        Assert.Equal(series[(Windows - 1) * 7], input[0]);
        Assert.Equal(series[(Windows - 1 + 119 * 6) * 7 + 6], input[^1]);
        Assert.Equal([series[(Rows - 1) * 7 + 1]], dataset.GetTarget(Windows - 1));

        // Folds and gaps cost an index for every window.
        Assert.InRange(AllocatedBytes.Of(() => dataset.ShuffleSplit(0.8, seed: 1)), 1, 5_000_000);
        series[7_000] = float.NaN;
        Assert.InRange(AllocatedBytes.Of(() => dataset = SequenceDataset.FromWindows(series, options with { SkipMissing = true })), 1, 12_000_000);
        Assert.Equal(Windows - 120, dataset.Count);
    }

    [Fact]
    public void TokensAreFollowedByTheirTargets()
    {
        int[] tokens = [3, 1, 4, 1, 5, 9, 2];
        var shifted = SequenceDataset.FromWindows(tokens, new WindowOptions { SequenceLength = 3, SequenceStride = 3, TargetPerStep = true });
        Assert.Equal(2, shifted.Count);
        Assert.Equal([1, 5, 9], shifted.GetTokens(1));
        Assert.Equal([5, 9, 2], shifted.GetTargetTokens(1));

        var equal = SequenceDataset.FromWindows(tokens, new WindowOptions { SequenceLength = 3, TargetPerStep = true, Offset = 0 });
        Assert.Equal(5, equal.Count);
        Assert.Equal(equal.GetTokens(4), equal.GetTargetTokens(4));

        var next = SequenceDataset.FromWindows(tokens, new WindowOptions { SequenceLength = 2 });
        Assert.Equal((5, 1), (next.Count, next.TargetSize));
        Assert.Equal([2], next.GetTargetTokens(4));
    }

    [Fact]
    public void EveryRowMayHaveAClass()
    {
        var dataset = SequenceDataset.FromWindows(
            new float[] { 1, 2, 3, 4 }, (int[])[7, 8, 9, 10], new WindowOptions { SequenceLength = 2, Offset = 0 });
        Assert.Equal(3, dataset.Count);
        Assert.Equal([10], dataset.GetTargetTokens(2));

        var tagged = SequenceDataset.FromWindows(
            (int[])[1, 2, 3, 4], (int[])[7, 8, 9, 10], new WindowOptions { SequenceLength = 2, Offset = 0, TargetPerStep = true });
        Assert.Equal([9, 10], tagged.GetTargetTokens(2));
    }

    [Fact]
    public void OverlapIsWhatWindowsShare()
    {
        var series = new float[100];
        Assert.Equal(10, SequenceDataset.FromWindows(series, 10, 1).Overlap);
        Assert.Equal(0, SequenceDataset.FromWindows(series, Options(10, stride: 11)).Overlap);
        Assert.Equal(1, SequenceDataset.FromWindows(series, Options(10, stride: 10)).Overlap);
        Assert.Equal(3, SequenceDataset.FromWindows(series, Options(10, stride: 3)).Overlap);
        Assert.Equal(0, new SequenceDataset(series, 10, 1).Overlap);

        static WindowOptions Options(int length, int stride) => new() { SequenceLength = length, SequenceStride = stride };
    }

    [Fact]
    public void MistakesAreNamed()
    {
        var series = new float[20];
        AssertMessage("a multiple of the 3 floats", new() { SequenceLength = 1, Columns = 3 });
        AssertMessage("InputColumns has column 2; a row has the columns 0 to 1", new() { SequenceLength = 1, Columns = 2, InputColumns = [2] });
        AssertMessage("TargetColumns has column -1", new() { SequenceLength = 1, TargetColumns = [-1] });
        AssertMessage("has 20 time steps; a window of 19 with its target needs at least 21", new() { SequenceLength = 19, Offset = 2 });
        AssertMessage("rows from 3 to before 21", new() { SequenceLength = 1, StartIndex = 3, EndIndex = 21 });
        AssertMessage("Segment start 1 is row 4", new() { SequenceLength = 1, SegmentStarts = (int[])[5, 4] });
        AssertMessage("11 rows in all, lies between the gaps", new() { SequenceLength = 10, SegmentStarts = (int[])[10] });
        AssertMessage("the horizon is 1, not 2", new() { SequenceLength = 1, TargetPerStep = true, Horizon = 2 });
        series[4] = float.PositiveInfinity;
        AssertMessage("The value at index 4 is Infinity", new() { SequenceLength = 1, SkipMissing = true });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowOptions { SequenceLength = 0 });

        var dataset = SequenceDataset.FromWindows(new float[20], new WindowOptions { SequenceLength = 2, SamplingRate = 2 });
        Assert.Contains("use CopyInput", Assert.Throws<InvalidOperationException>(() => dataset.GetInput(0).Length).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => dataset.CopyInput(0, new float[3]));

        void AssertMessage(string expected, WindowOptions options) => Assert.Contains(
            expected, Assert.Throws<ArgumentException>(() => SequenceDataset.FromWindows(series, options)).Message, StringComparison.Ordinal);
    }
}
