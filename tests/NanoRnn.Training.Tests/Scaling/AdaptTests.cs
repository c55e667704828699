namespace NanoRnn.Training.Tests.Scaling;

/// <summary>Statistics are those of the data that count, and of no others.</summary>
public class AdaptTests
{
    [Fact]
    public void SamplesHaveMeansAndVariances()
    {
        var (inputs, targets) = (Numbers.Rows(30 * 5, 7), Numbers.Rows(30, 2, seed: 2));
        var model = new Weather();
        model.Adapt(new SequenceDataset(inputs, targets, 5, 7, 2));
        AssertStandard(model.Weights, "normalization", inputs.Chunk(7));
        AssertStandard(model.Weights, "denormalization", targets.Chunk(2));

        var ofRows = new Weather();
        ofRows.Adapt(inputs, targets);
        Assert.Equal(Numbers.All(model.Weights), Numbers.All(ofRows.Weights));
    }

    [Fact]
    public void SamplesHaveMinimaAndMaxima()
    {
        var (inputs, targets) = (Numbers.Rows(30 * 4, 1), Numbers.Rows(30 * 4, 5, seed: 2));
        var model = new Ranges();
        model.Adapt(new SequenceDataset(inputs, targets, 4, 1, 20));
        Assert.Equal([inputs.Min()], model.Weights["normalization.minimum"].ToArray());
        Assert.Equal([inputs.Max()], model.Weights["normalization.maximum"].ToArray());
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(targets.Chunk(5).Min(row => row[i]), model.Weights["denormalization.minimum"].ToArray()[i]);
            Assert.Equal(targets.Chunk(5).Max(row => row[i]), model.Weights["denormalization.maximum"].ToArray()[i]);
        }
    }

    /// <summary>A mean of a million and a deviation of one thousandth of it: what sums of squares of floats would lose.</summary>
    [Fact]
    public void FarFromZeroNothingIsLost()
    {
        var rows = Numbers.Rows(1000, 2);
        for (var i = 0; i < rows.Length; i++)
            rows[i] += 1e6f;
        var model = new OnlyInputs();
        model.Adapt(rows);
        AssertStandard(model.Weights, "scaler", rows.Chunk(2));
    }

    [Fact]
    public void WindowsCountAsOftenAsTheyAreSeen()
    {
        var rows = Numbers.Rows(20, 9);
        var options = new WindowOptions { SequenceLength = 5, Columns = 9, InputColumns = [6, 5, 4, 3, 2, 1, 0], TargetColumns = [8, 7], SamplingRate = 2 };
        var windows = SequenceDataset.FromWindows(rows, options);
        var model = new Weather();
        model.Adapt(windows);
        var (inputs, targets) = (new float[35], new float[2]);
        List<float[]> allInputs = [], allTargets = [];
        for (var i = 0; i < windows.Count; i++)
        {
            windows.CopyInput(i, inputs);
            windows.CopyTarget(i, targets);
            allInputs.AddRange(inputs.Chunk(7));
            allTargets.Add([.. targets]);
        }

        AssertStandard(model.Weights, "normalization", allInputs);
        AssertStandard(model.Weights, "denormalization", allTargets);
    }

    [Fact]
    public void WhatIsBehindALengthDoesNotCount()
    {
        var (inputs, targets) = (Numbers.Rows(2 * 4, 1), Numbers.Rows(2 * 4, 5, seed: 2));
        inputs.AsSpan(2, 2).Fill(1e9f);
        targets.AsSpan(10, 10).Fill(float.NaN);
        int[] lengths = [2, 4];
        var model = new Ranges();
        model.Adapt(new SequenceDataset(inputs, targets, 4, 1, 20, lengths));
        Assert.Equal([inputs.Where(x => x < 1e9f).Max()], model.Weights["normalization.maximum"].ToArray());
        Assert.Equal(targets.Chunk(5).Where((_, t) => t is < 2 or > 3).Max(row => row[4]), model.Weights["denormalization.maximum"].ToArray()[4]);
    }

    [Fact]
    public void SkippedStepsDoNotCount()
    {
        float[] inputs = [-1, -1, 5, 6, -1, 7, -1, -1];
        var model = new Skipping();
        model.Adapt(new SequenceDataset(inputs, new float[] { 900, 10, 20, 900 }, 4, 2, 4));
        AssertStandard(model.Weights, "normalization", [[5, 6], [-1, 7]]);
        AssertStandard(model.Weights, "denormalization", [[10], [20]]);

        // Backwards the targets of the steps that count are those of the same steps, in the other order.
        var backwards = new SkippingBackwards();
        backwards.Adapt(new SequenceDataset(new float[] { -1, -1, -1, -1, 5, 6, 7, 8 }, new float[] { 1, 2, 900, 900 }, 4, 2, 4));
        Assert.Equal(2, backwards.Weights["denormalization.maximum"][0]);
        Assert.Throws<ArgumentException>(() => model.Adapt(new SequenceDataset(new float[] { -1, -1 }, new float[1], 1, 2, 1)));
    }

    [Fact]
    public void QuantilesShareATarget()
    {
        var targets = Numbers.Rows(8, 2);
        var model = new Quantiles();
        model.Adapt(new SequenceDataset(new int[8 * 3], targets, 3, 2));
        var (means, _) = Numbers.Statistics(targets.Chunk(2));
        Assert.Equal(
            [(float)means[0], (float)means[0], (float)means[0], (float)means[1], (float)means[1], (float)means[1]],
            model.Weights["denormalization.mean"].ToArray());
    }

    /// <summary>A feature that is always the same becomes zero, as in Keras.</summary>
    [Fact]
    public void ConstantFeaturesBecomeZero()
    {
        var model = new OnlyInputs(seed: 1);
        model.Adapt([3, 1, 3, 2, 3, 6]);
        Assert.Equal(0, model.Weights["scaler.variance"][0]);
        var plain = new OnlyInputs(seed: 1);
        plain.Weights["scaler.mean"].CopyFrom([0, 3]);
        plain.Weights["scaler.variance"].CopyFrom([1, model.Weights["scaler.variance"][1]]);
        var (y, expected) = (new float[3], new float[3]);
        model.Predict([3, 5], y);
        plain.Predict([0, 5], expected);
        Assert.Equal(expected, y);
    }

    [Fact]
    public void WhatDoesNotFitChangesNothing()
    {
        var model = new Weather();
        var before = Numbers.All(model.Weights);
        var (inputs, targets) = (Numbers.Rows(30 * 5, 7), Numbers.Rows(30, 2, seed: 2));
        AssertRefused("dataset", "takes 7 floats per time step, the dataset has 6 floats", () => model.Adapt(new SequenceDataset(new float[30], targets, 1, 6, 12)));
        AssertRefused("dataset", "found none", () => model.Adapt(new SequenceDataset(inputs, 5, 7)));
        AssertRefused("dataset", "found 3 floats", () => model.Adapt(new SequenceDataset(inputs, new float[90], 5, 7, 3)));
        AssertRefused("dataset", "found 2 tokens or classes", () => model.Adapt(new SequenceDataset(inputs, new int[60], 5, 7, 2)));
        AssertRefused("inputs", "rows of 7 floats, found 8 floats", () => model.Adapt(inputs.AsSpan(0, 8), targets));
        AssertRefused("targets", "rows of 2 floats, found 0 floats", () => model.Adapt(inputs, []));
        targets[7] = float.NaN;
        AssertRefused("targets", "Feature 1 of row 3 is NaN", () => model.Adapt(inputs, targets));
        AssertRefused("inputs", "Feature 0", () => model.Adapt([.. new float[7], float.MaxValue, .. new float[6]], new float[2]));
        Assert.Equal(before, Numbers.All(model.Weights));

        static void AssertRefused(string parameter, string message, Action action)
        {
            var exception = Assert.Throws<ArgumentException>(parameter, action);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertStandard(WeightCollection weights, string layer, IEnumerable<float[]> rows)
    {
        var (means, variances) = Numbers.Statistics(rows);
        Assert.All(means.Zip(weights[layer + ".mean"].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-7 * Math.Abs(pair.First)));
        Assert.All(variances.Zip(weights[layer + ".variance"].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-7 * pair.First));
    }
}
