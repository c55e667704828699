namespace NanoRnn.Training.Tests.Data;

/// <summary>Parts of datasets, beside examples of scikit-learn's documentation.</summary>
public class SplitTests
{
    [Fact]
    public void PartsOfWindowsAreKeptApartByAGap()
    {
        var windows = SequenceDataset.FromWindows(Enumerable.Range(0, 50).Select(i => (float)i).ToArray(), 4, 2);
        var (first, last) = windows.Split(0.5, windows.Overlap);
        Assert.Equal((22, 18), (first.Count, last.Count));
        Assert.Equal(first.GetTarget(21)[^1] + 1, last.GetInput(0)[0]);
        Assert.Equal(0, windows.Split(0.99, gap: 100).Last.Count);
    }

    [Fact]
    public void ForwardChainingFolds()
    {
        AssertFolds(Numbers(6).TimeSeriesSplit(5), ("0", "1"), ("0 1", "2"), ("0 1 2", "3"), ("0 1 2 3", "4"), ("0 1 2 3 4", "5"));
        AssertFolds(
            Numbers(12).TimeSeriesSplit(3, testSize: 2),
            ("0 1 2 3 4 5", "6 7"), ("0 1 2 3 4 5 6 7", "8 9"), ("0 1 2 3 4 5 6 7 8 9", "10 11"));
        AssertFolds(
            Numbers(12).TimeSeriesSplit(3, testSize: 2, gap: 2), ("0 1 2 3", "6 7"), ("0 1 2 3 4 5", "8 9"), ("0 1 2 3 4 5 6 7", "10 11"));
        AssertFolds(Numbers(7).TimeSeriesSplit(2, maxTrainSize: 2), ("1 2", "3 4"), ("3 4", "5 6"));
        Assert.Contains(
            "leave none of 4 samples", Assert.Throws<ArgumentException>(() => Numbers(4).TimeSeriesSplit(2, gap: 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Numbers(4).TimeSeriesSplit(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers(4).TimeSeriesSplit(1));
    }

    [Fact]
    public void Folds()
    {
        AssertFolds(Numbers(4).KFold(2), ("2 3", "0 1"), ("0 1", "2 3"));
        AssertFolds(Numbers(5).KFold(3), ("2 3 4", "0 1"), ("0 1 4", "2 3"), ("0 1 2 3", "4"));
        AssertFolds(Numbers(6).KFold(3, gap: 1), ("3 4 5", "0 1"), ("0 5", "2 3"), ("0 1 2", "4 5"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers(4).KFold(5));
        Assert.Throws<ArgumentException>(() => Numbers(4).KFold(2, seed: 1, gap: 1));
    }

    [Fact]
    public void RandomFoldsTestEachSampleOnce()
    {
        var folds = Numbers(23).KFold(5, seed: 3);
        Assert.Equal([5, 5, 5, 4, 4], folds.Select(fold => fold.Test.Count));
        AssertPartition(23, folds);
        Assert.NotEqual("0 1 2 3 4", Text(folds[0].Test));
        Assert.Equal(Text(folds[0].Test), Text(Numbers(23).KFold(5, seed: 3)[0].Test));
        Assert.NotEqual(Text(folds[0].Test), Text(Numbers(23).KFold(5, seed: 4)[0].Test));
    }

    [Fact]
    public void StratifiedFolds()
    {
        AssertFolds(Classes(0, 0, 1, 1).StratifiedKFold(2), ("1 3", "0 2"), ("0 2", "1 3"));

        // Seven of class 4 and five of class 9, dealt out in turn: 3 2 2 of the first, 1 2 2 of the second.
        var folds = Numbers(12).StratifiedKFold(3, seed: 5, [4, 9, 4, 9, 4, 9, 4, 9, 4, 9, 4, 4]);
        AssertPartition(12, folds);
        int[] ofClass9 = [1, 3, 5, 7, 9];
        Assert.Equal([(3, 1), (2, 2), (2, 2)], folds.Select(fold =>
        {
            var count = Values(fold.Test).Count(value => ofClass9.Contains((int)value));
            return (fold.Test.Count - count, count);
        }));
        Assert.Throws<ArgumentException>(() => Numbers(3).StratifiedKFold(2, null, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Classes(0, 0, 1).StratifiedKFold(3));
    }

    [Fact]
    public void StratifiedSplitKeepsShares()
    {
        // 50 : 30 : 20 of 100, and one-hot targets say the class as well.
        int[] classes = [.. Enumerable.Range(0, 100).Select(i => i % 10 < 5 ? 0 : i % 10 < 8 ? 1 : 2)];
        var oneHot = new float[300];
        for (var i = 0; i < 100; i++)
            oneHot[3 * i + classes[i]] = 1;
        foreach (var dataset in new[] { Classes(classes), new SequenceDataset(new float[100], oneHot, 1, 1, 3) })
        {
            var (first, last) = dataset.StratifiedShuffleSplit(0.75, seed: 2);
            Assert.Equal((75, 25), (first.Count, last.Count));
            Assert.Equal([38, 22, 15], Count(first));
            Assert.Equal([12, 8, 5], Count(last));
        }

        // Halves of 10 : 3 : 7 are 5 : 1.5 : 3.5.
        int[] uneven = [.. Enumerable.Range(0, 20).Select(i => i < 10 ? 0 : i < 13 ? 1 : 2)];
        Assert.Equal([5, 2, 3], Count(Classes(uneven).StratifiedShuffleSplit(0.5, seed: 1).First));

        var random = new SequenceDataset(new float[4], new float[] { 0.5f, 1, 2, 3 }, 1, 1, 1);
        Assert.Contains(
            "The target of sample 0, 0.5, says no class",
            Assert.Throws<InvalidOperationException>(() => random.StratifiedShuffleSplit(0.5, 1)).Message,
            StringComparison.Ordinal);

        static int[] Count(SequenceDataset part)
        {
            var counts = new int[3];
            for (var i = 0; i < part.Count; i++)
                counts[part.HasTargetTokens ? part.GetTargetTokens(i)[0] : part.GetTarget(i).IndexOf(1f)]++;
            return counts;
        }
    }

    [Fact]
    public void ShuffledSamplesKeepTheirTargetsAndLengths()
    {
        var dataset = new SequenceDataset(
            Enumerable.Range(0, 20).Select(i => (float)i).ToArray(), Enumerable.Range(0, 10).ToArray(), 2, 1, 1, Enumerable.Range(0, 10).Select(i => i % 2 + 1).ToArray());
        var shuffled = dataset.Shuffle(seed: 1).Skip(2).Subset([7, 0, 0]);
        Assert.Equal(3, shuffled.Count);
        Assert.Equal(shuffled.GetTargetTokens(1), shuffled.GetTargetTokens(2));
        for (var i = 0; i < shuffled.Count; i++)
        {
            var sample = shuffled.GetTargetTokens(i)[0];
            Assert.Equal([2 * sample, 2 * sample + 1], shuffled.GetInput(i));
            Assert.Equal(sample % 2 + 1, shuffled.GetLength(i));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Subset([10]));
        Assert.Equal(0, dataset.Subset([]).Take(0).Count);
    }

    [Fact]
    public void LanesGoOnFromBatchToBatch()
    {
        var series = Enumerable.Range(0, 32).Select(i => (float)i).ToArray();
        var windows = SequenceDataset.FromWindows(series, new WindowOptions { SequenceLength = 3, SequenceStride = 3, TargetPerStep = true });
        var lanes = windows.InLanes(4);
        Assert.Equal((10, 8), (windows.Count, lanes.Count));
        Assert.Equal("0 6 12 18 3 9 15 21", string.Join(' ', Enumerable.Range(0, 8).Select(i => lanes.GetInput(i)[0])));

        Assert.Throws<InvalidOperationException>(() => SequenceDataset.FromWindows(series, 3, 1).InLanes(2));
        Assert.Throws<InvalidOperationException>(() => windows.Shuffle(1).InLanes(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => windows.InLanes(11));
    }

    private static SequenceDataset Numbers(int count) => new(Enumerable.Range(0, count).Select(i => (float)i).ToArray(), 1, 1);

    private static SequenceDataset Classes(params int[] classes) =>
        new(Enumerable.Range(0, classes.Length).Select(i => (float)i).ToArray(), classes, 1, 1, 1);

    private static IEnumerable<float> Values(SequenceDataset dataset) => Enumerable.Range(0, dataset.Count).Select(i => dataset.GetInput(i)[0]);

    private static string Text(SequenceDataset dataset) => string.Join(' ', Values(dataset));

    private static void AssertFolds((SequenceDataset Training, SequenceDataset Test)[] folds, params (string, string)[] expected) =>
        Assert.Equal(expected, folds.Select(fold => (Text(fold.Training), Text(fold.Test))));

    private static void AssertPartition(int count, (SequenceDataset Training, SequenceDataset Test)[] folds)
    {
        Assert.Equal(Enumerable.Range(0, count), folds.SelectMany(fold => Values(fold.Test)).Order().Select(value => (int)value));
        Assert.All(folds, fold => Assert.Equal(
            Enumerable.Range(0, count), Values(fold.Training).Concat(Values(fold.Test)).Order().Select(value => (int)value)));
    }
}
