using NanoRnn.CompilerServices;
using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Scaling;

/// <summary>A model that scales has the bits of one that does not, of data that are scaled by Keras's formulas.</summary>
public class ScalingTests
{
    private const int Steps = 37;

    private delegate void Predict(ReadOnlySpan<float> sequence, Span<float> output);

    private delegate void PredictBatch(ReadOnlySpan<float> sequences, int timeSteps, Span<float> outputs);

    [Fact]
    public void StandardHasTheBitsOfTheFormula()
    {
        var (model, plain) = (new Weather(seed: 1), new PlainWeather());
        model.Adapt(Numbers.Rows(100, 7), Numbers.Rows(100, 2, seed: 2));
        Numbers.Copy(model.Weights, plain.Weights);
        AssertScales(model.Weights, model.Predict, plain.Predict, model.PredictBatch, plain.PredictBatch, 7, 2);
        AssertScales(model.Weights, Streamed(model.CreateSession().Step), plain.Predict, model.PredictBatch, plain.PredictBatch, 7, 2);

        static Predict Streamed(Predict step) => (sequence, y) =>
        {
            for (var t = 0; t < Steps; t++)
                step(sequence.Slice(t * 7, 7), y);
        };
    }

    [Fact]
    public void MinMaxHasTheBitsOfTheFormula()
    {
        var (model, plain) = (new Ranges(seed: 1), new PlainRanges());
        model.Adapt(Numbers.Rows(100, 1), Numbers.Rows(100, 5, seed: 2));
        Numbers.Copy(model.Weights, plain.Weights);
        AssertScales(model.Weights, model.Predict, plain.Predict, model.PredictBatch, plain.PredictBatch, 1, Steps * 5);
        var y = new float[5];
        model.Predict([3], y);
        Assert.All(y.Zip(model.Weights["denormalization.minimum"].ToArray()), pair => Assert.True(pair.First >= pair.Second));
        Assert.All(y.Zip(model.Weights["denormalization.maximum"].ToArray()), pair => Assert.True(pair.First <= pair.Second));
    }

    [Fact]
    public void ModelsThatNeedTheirWholeInputScale()
    {
        var (model, plain) = (new BothWays(seed: 1), new PlainBothWays());
        model.Adapt(Numbers.Rows(100, 18), Numbers.Rows(100, 17, seed: 2));
        Numbers.Copy(model.Weights, plain.Weights);
        AssertScales(model.Weights, model.Predict, plain.Predict, model.PredictBatch, plain.PredictBatch, 18, 17);
    }

    /// <summary>The way back: the scale times what arrives, beside what other readers have left there.</summary>
    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 4)]
    [InlineData(7, 8)]
    [InlineData(18, 32)]
    public void GradientsAreScaledAndAdded(int features, int rowLength)
    {
        const int Rows = 3;
        var (statistics, arriving) = (Numbers.Rows(2, rowLength), Numbers.Rows(Rows, rowLength, seed: 2));
        for (var i = 0; i < rowLength; i++)
            statistics[rowLength + i] = statistics[i] + 0.5f + i;
        foreach (var accumulates in new[] { false, true })
        {
            var below = Numbers.Rows(Rows, rowLength, seed: 3);
            var before = (float[])below.Clone();
            FeatureScaling.DenormalizeBackward(
                ref statistics[0], NormalizationKind.MinMax, ref arriving[0], ref below[0], features, rowLength, Rows, accumulates);
            for (var i = 0; i < below.Length; i++)
                if (i % rowLength < features)
                    Assert.Equal(
                        arriving[i] * (statistics[rowLength + i % rowLength] - statistics[i % rowLength]) + (accumulates ? before[i] : 0), below[i], 1e-3f);
        }
    }

    /// <summary>Statistics are floats in every precision.</summary>
    [Fact]
    public void ReducedPrecisionScales()
    {
        var whole = new Weather(seed: 1);
        whole.Adapt(Numbers.Rows(100, 7), Numbers.Rows(100, 2, seed: 2));
        var plainWhole = new PlainWeather();
        Numbers.Copy(whole.Weights, plainWhole.Weights);
        var (model, plain) = (HalfWeather.From(whole.Weights), PlainHalfWeather.From(plainWhole.Weights));
        Assert.Equal(whole.Weights["normalization.variance"].ToArray(), model.Weights["normalization.variance"].ToArray());
        AssertScales(model.Weights, model.Predict, plain.Predict, model.PredictBatch, plain.PredictBatch, 7, 2);
    }

    [Fact]
    public void WindowsScale()
    {
        var model = new Weather(seed: 1);
        model.Adapt(Numbers.Rows(100, 7), Numbers.Rows(100, 2, seed: 2));
        using var session = model.CreateWindowSession();
        var rows = Numbers.Rows(Steps, 7);
        var (y, expected) = (new float[2], new float[2]);
        session.Push(rows.AsSpan(0, (Steps - 1) * 7));
        session.Step(rows.AsSpan((Steps - 1) * 7), y);
        model.Predict(rows.AsSpan((Steps - 5) * 7), expected);
        Assert.Equal(expected, y);
    }

    /// <summary>Steps are skipped by what they are before they are scaled.</summary>
    [Fact]
    public void SkippedStepsAreThoseOfTheInput()
    {
        var model = new Skipping(seed: 1);
        model.Adapt(Numbers.Rows(100, 2), Numbers.Rows(100, 1, seed: 2));
        float[] kept = [-60, 40, 2, -1, -52, 71];
        float[] padded = [-1, -1, -60, 40, -1, -1, -1, -1, 2, -1, -52, 71, -1, -1];
        var (expected, y) = (new float[3], new float[7]);
        model.Predict(kept, expected);
        model.Predict(padded, y);
        Assert.Equal(expected.AsSpan(), [y[1], y[4], y[5]]);
        using var session = model.CreateSession();
        var step = new float[1];
        for (var t = 0; t < 7; t++)
        {
            session.Step(padded.AsSpan(2 * t, 2), step);
            Assert.Equal(y[t], step[0]);
        }
    }

    [Fact]
    public void LengthsScale()
    {
        var model = new Weather(seed: 1);
        model.Adapt(Numbers.Rows(100, 7), Numbers.Rows(100, 2, seed: 2));
        var rows = Numbers.Rows(2 * 6, 7);
        rows.AsSpan(3 * 7, 3 * 7).Fill(float.NaN);
        var (y, expected) = (new float[4], new float[2]);
        model.PredictBatch(rows, 6, [3, 6], y);
        model.Predict(rows.AsSpan(0, 3 * 7), expected);
        Assert.Equal(expected, y[..2]);
    }

    [Fact]
    public void NewModelsScaleNothing()
    {
        var (model, plain) = (new Weather(seed: 1), new PlainWeather(seed: 1));
        Assert.Equal(new float[7], model.Weights["normalization.mean"].ToArray());
        Assert.Equal([1, 1], model.Weights["denormalization.variance"].ToArray());
        Assert.Equal(Numbers.All(plain.Weights), model.Weights.Where(tensor => !tensor.Name.Contains("normal", StringComparison.Ordinal)).SelectMany(tensor => tensor.ToArray()));
        var (y, expected) = (new float[2], new float[2]);
        model.Predict(Numbers.Rows(5, 7), y);
        plain.Predict(Numbers.Rows(5, 7), expected);
        Assert.Equal(expected, y);

        var (ranges, plainRanges) = (new Ranges(seed: 1), new PlainRanges(seed: 1));
        var (z, expectedZ) = (new float[25], new float[25]);
        ranges.Predict(Numbers.Rows(5, 1), z);
        plainRanges.Predict(Numbers.Rows(5, 1), expectedZ);
        Assert.Equal(expectedZ, z);
    }

    [Fact]
    public void FilesHaveTheStatistics()
    {
        var model = new Weather(seed: 1);
        model.Adapt(Numbers.Rows(100, 7), Numbers.Rows(100, 2, seed: 2));
        Assert.Equal(
            ["normalization.mean", "normalization.variance", "gru.kernel", "gru.recurrent_kernel", "gru.bias", "dense.kernel", "dense.bias", "denormalization.mean", "denormalization.variance"],
            model.Weights.Select(tensor => tensor.Name));
        var loaded = Weather.Load(model.ToBytes());
        Assert.Equal(Numbers.All(model.Weights), Numbers.All(loaded.Weights));
        Assert.Equal(model.ToBytes(), loaded.ToBytes());
        Assert.Contains("'normalization'", Assert.Throws<ModelFileException>(() => PlainWeather.Load(model.ToBytes())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SummaryTellsWhatIsNotTrained()
    {
        var plain = PlainWeather.ParameterCount;
        Assert.Equal((plain + 18, plain + 18, 18), (Weather.ParameterCount, Weather.Summary.ParameterCount, Weather.Summary.NonTrainableParameterCount));
        Assert.Equal([14, 0, 0, 4], Weather.Summary.Layers.Select(layer => layer.NonTrainableParameterCount));
        Assert.Contains($" Trainable params: {plain}\n Non-trainable params: 18\n", Weather.Summary.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("rainable", PlainWeather.Summary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsAllocated()
    {
        var model = new Weather(seed: 1);
        using var trainer = new Trainer<Weather>(model, new TrainerOptions());
        using var session = model.CreateSession();
        var (rows, targets, y) = (Numbers.Rows(4 * 5, 7), Numbers.Rows(4, 2), new float[8]);
        Run();
        Assert.Equal(0, AllocatedBytes.Of(Run));

        void Run()
        {
            trainer.TrainBatch(rows, targets);
            model.PredictBatch(rows, 5, y);
            model.Predict(rows.AsSpan(0, 35), y.AsSpan(0, 2));
            session.Step(rows.AsSpan(0, 7), y.AsSpan(0, 2));
        }
    }

    private static void AssertScales(
        WeightCollection weights, Predict predict, Predict plain, PredictBatch predictBatch, PredictBatch plainBatch, int inputSize, int outputLength)
    {
        var (offsets, scales) = Numbers.Of(weights, "normalization");
        var outputs = Numbers.Of(weights, "denormalization");
        var rows = Numbers.Rows(Steps, inputSize);
        var (y, z) = (new float[outputLength], new float[outputLength]);
        predict(rows, y);
        plain(Numbers.Normalized(rows, offsets, scales), z);
        Assert.Equal(Numbers.Denormalized(z, outputs.Offsets, outputs.Scales), y);

        var batch = Numbers.Rows(3 * Steps, inputSize, seed: 5);
        (y, z) = (new float[3 * outputLength], new float[3 * outputLength]);
        predictBatch(batch, Steps, y);
        plainBatch(Numbers.Normalized(batch, offsets, scales), Steps, z);
        Assert.Equal(Numbers.Denormalized(z, outputs.Offsets, outputs.Scales), y);
    }
}
