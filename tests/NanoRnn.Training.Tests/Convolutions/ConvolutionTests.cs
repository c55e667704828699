using NanoRnn.CompilerServices;

namespace NanoRnn.Training.Tests.Convolutions;

public sealed class ConvolutionTests
{
    private const int TimeSteps = 11;

    /// <summary>Ranges shorter than what a convolution sees of the past, and longer ones.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    public void RangesOfStepsMakeNoDifference(int checkpointSteps)
    {
        var (whole, ranged) = (new Stream(seed: 1), new Stream(seed: 1));
        var (inputs, targets) = (RandomFloats.Of(1, 4 * TimeSteps * 3), RandomFloats.Of(2, 4 * TimeSteps * 2));

        Assert.Equal(Train(whole, 0, inputs, targets), Train(ranged, checkpointSteps, inputs, targets), 1e-6f);

        // The gradients of weights are summed in another order.
        foreach (var (expected, actual) in WeightsOf(whole).Zip(WeightsOf(ranged)))
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    /// <summary>The gradient of an input is the same sum wherever ranges end, to the bit.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 1)]
    [InlineData(20, 2)]
    public void GradientsOfInputsDoNotDependOnRanges(int dilation, int kernelSize)
    {
        const int Inputs = 3, Sequences = 2;
        var row = kernelSize * Inputs;
        var arriving = RandomFloats.Of(5, TimeSteps * Sequences * row);
        var expected = Below([TimeSteps]);
        foreach (int[] ranges in (int[][])[[.. Enumerable.Repeat(1, TimeSteps)], [4, 7], [3, 1, 5, 2]])
            Assert.Equal(expected, Below(ranges));

        // One that was written out.
        var sum = Enumerable.Range(0, kernelSize).Where(tap => 2 + tap * dilation < TimeSteps)
            .Sum(tap => (double)arriving[(2 + tap * dilation) * Sequences * row + (kernelSize - 1 - tap) * Inputs + 1]);
        Assert.Equal(sum, expected[2 * Sequences * Inputs + 1], 1e-6);

        float[] Below(int[] ranges)
        {
            var (sums, later, below) = (arriving.ToArray(), new float[dilation * Sequences * row], new float[TimeSteps * Sequences * Inputs]);
            Array.Fill(later, float.NaN);
            var end = TimeSteps;
            foreach (var steps in ranges.Reverse())
            {
                var start = end - steps;
                SlidingWindow.Backward(
                    ref sums[start * Sequences * row], ref later[0], isLast: end == TimeSteps, ref below[start * Sequences * Inputs], Inputs, row, Inputs, kernelSize, dilation,
                    steps, Sequences, Sequences, accumulates: false);
                end = start;
            }

            return below;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void StateGoesOnFromBatchToBatch(int checkpointSteps)
    {
        var model = new Stream(seed: 1);
        const int Batches = 3;
        var inputs = RandomFloats.Of(1, Batches * TimeSteps * 3);
        var expected = new float[Batches * TimeSteps * 2];
        model.Predict(inputs, expected);
        using var trainer = new Trainer<Stream>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError, Optimizer = Optimizer.Sgd(0), BatchSize = 1, TimeSteps = TimeSteps, CarryState = true, Shuffle = false, CheckpointSteps = checkpointSteps,
        });

        for (var batch = 0; batch < Batches; batch++)
        {
            var loss = trainer.TrainBatch(inputs.AsSpan(batch * TimeSteps * 3, TimeSteps * 3), new float[TimeSteps * 2]);
            Assert.Equal(expected.AsSpan(batch * TimeSteps * 2, TimeSteps * 2).ToArray().Average(y => y * y), loss, 1e-6f);
        }
    }

    [Fact]
    public void AStateThatWasTakenGoesOn()
    {
        var model = new Stream(seed: 1);
        var inputs = RandomFloats.Of(1, TimeSteps * 3);
        var expected = new float[TimeSteps * 2];
        model.Predict(inputs, expected);
        var (first, second) = (model.CreateSession(), model.CreateSession());
        var (state, y) = (new float[Stream.Session.StateSize], new float[2]);

        for (var step = 0; step < TimeSteps; step++)
        {
            first.Step(inputs.AsSpan(step * 3, 3), y);
            first.GetState(state);
            (first, second) = (second, first);
            first.SetState(state);
            Assert.Equal(expected.AsSpan(step * 2, 2).ToArray(), y);
        }
    }

    /// <summary>One of the numbers of each convolution's state says where a ring begins: if it says nothing that may be, it begins at the first row.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1e30f)]
    [InlineData(-1f)]
    [InlineData(3f)]
    [InlineData(2e9f)]
    public void AStateMayBeAnything(float value)
    {
        var model = new Stream(seed: 1);
        var zeros = Outputs(-1);

        Assert.Equal(2, Enumerable.Range(0, Stream.Session.StateSize).Count(index => Outputs(index).SequenceEqual(zeros)));

        float[] Outputs(int index)
        {
            using var session = model.CreateSession();
            var state = new float[Stream.Session.StateSize];
            if (index >= 0)
                state[index] = value;
            session.SetState(state);
            var outputs = new float[TimeSteps * 2];
            session.Predict(RandomFloats.Of(1, TimeSteps * 3), outputs);
            return outputs;
        }
    }

    [Fact]
    public void LengthsOfAllStepsChangeNothing()
    {
        var (inputs, targets) = (RandomFloats.Of(1, 4 * TimeSteps * 2), RandomFloats.Of(2, 4));

        Assert.Equal(Loss([]), Loss([TimeSteps, TimeSteps, TimeSteps, TimeSteps]));

        float Loss(int[] lengths)
        {
            using var trainer = new Trainer<Padded>(new Padded(seed: 1), new TrainerOptions
            {
                Loss = NanoRnn.Loss.MeanSquaredError, Optimizer = Optimizer.Sgd(0), BatchSize = 4, TimeSteps = TimeSteps,
            });
            return lengths.Length == 0 ? trainer.TrainBatch(inputs, targets) : trainer.TrainBatch(inputs, targets, lengths);
        }
    }

    /// <summary>The zeros of a padding begin at a sequence's own end.</summary>
    [Fact]
    public void SequencesOfOneBatchGiveWhatTheyGiveAlone()
    {
        int[] lengths = [1, 11, 6, 9];
        var (model, inputs, targets) = (new Padded(seed: 1), RandomFloats.Of(1, 4 * TimeSteps * 2), new float[4]);
        for (var row = 0; row < 4; row++)
            model.Predict(inputs.AsSpan(row * TimeSteps * 2, lengths[row] * 2), targets.AsSpan(row, 1));
        using var trainer = new Trainer<Padded>(model, new TrainerOptions { Loss = Loss.MeanAbsoluteError, BatchSize = 4, TimeSteps = TimeSteps });

        Assert.Equal(0, trainer.TrainBatch(inputs, targets, lengths));
    }

    [Fact]
    public void SequencesAreLongEnough()
    {
        var model = new Pooled();
        var y = new float[1];
        model.Predict(RandomFloats.Of(1, 4 * 2), y);

        Assert.Equal("sequence", Assert.Throws<ArgumentException>(() => model.Predict(RandomFloats.Of(1, 3 * 2), y)).ParamName);
        Assert.Contains("at least 4 time steps, found 3", Assert.Throws<ArgumentException>(() => model.PredictBatch(RandomFloats.Of(1, 6 * 2), 3, new float[2])).Message, StringComparison.Ordinal);
        Assert.Contains("has the length 3; expected 4 to 6", Assert.Throws<ArgumentException>(() => model.PredictBatch(RandomFloats.Of(1, 6 * 2), 6, [3], y)).Message, StringComparison.Ordinal);
        Assert.Contains("at least 4 time steps", Assert.Throws<ArgumentException>(() => new Trainer<Pooled>(model, Options(3))).Message, StringComparison.Ordinal);
        using var trainer = new Trainer<Pooled>(model, Options(6));
        Assert.Contains("The length 3", Assert.Throws<ArgumentException>(() => trainer.TrainBatch(RandomFloats.Of(1, 6 * 2), [0], [3])).Message, StringComparison.Ordinal);
        Assert.Contains("4 to 6", Assert.Throws<ArgumentException>(() => trainer.Fit(new SequenceDataset(RandomFloats.Of(1, 6 * 2), new float[1], 6, 2, 1, lengths: Enumerable.Repeat(3, 1).ToArray()), epochs: 1)).Message, StringComparison.Ordinal);

        static TrainerOptions Options(int timeSteps) => new() { Loss = Loss.MeanSquaredError, BatchSize = 1, TimeSteps = timeSteps };
    }

    /// <summary>Glorot's limit counts the steps that a kernel sees, on both of its sides.</summary>
    [Fact]
    public void KernelsStartAsKerasStartsThem()
    {
        var model = new Pooled(seed: 3);
        var kernel = model.Weights["conv1d.kernel"];
        var limit = Math.Sqrt(6.0 / (3 * 2 + 3 * 8));

        Assert.Equal([3, 2, 8], Layouts.Of<Pooled>().Tensors[0].Shape.ToArray());
        Assert.All(kernel.ToArray(), weight => Assert.InRange(Math.Abs(weight), 0, limit));
        Assert.True(kernel.ToArray().Max(Math.Abs) > 0.9 * limit);
    }

    [Fact]
    public void AFileHasKerassShape()
    {
        var model = new Pooled(seed: 3);
        using var stream = new MemoryStream();
        model.Save(stream);

        Assert.Contains("\"conv1d.kernel\":{\"dtype\":\"F32\",\"shape\":[3,2,8]", System.Text.Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
        Assert.Equal(WeightsOf(model), WeightsOf(Pooled.Load(stream.ToArray())));
        var mistake = Assert.Throws<ModelFileException>(() => PooledClasses.Load(stream.ToArray()));
        Assert.Contains("dense", mistake.Message, StringComparison.Ordinal);
    }

    /// <summary>Sequences with lengths give what they give alone, and so do their gradients.</summary>
    [Fact]
    public void WhatLiesBehindASequenceDoesNotCount()
    {
        int[] lengths = [4, 11, 7, 10];
        var (clean, dirty) = (RandomFloats.Of(1, 4 * TimeSteps * 2), RandomFloats.Of(1, 4 * TimeSteps * 2));
        for (var row = 0; row < 4; row++)
            dirty.AsSpan(row * TimeSteps * 2, TimeSteps * 2)[(lengths[row] * 2)..].Fill(float.NaN);

        var (first, second) = (new Pooled(seed: 1), new Pooled(seed: 1));

        Assert.Equal(Train(first, clean), Train(second, dirty));
        Assert.Equal(WeightsOf(first), WeightsOf(second));

        float Train(Pooled model, float[] inputs)
        {
            using var trainer = new Trainer<Pooled>(model, new TrainerOptions { Loss = Loss.MeanSquaredError, BatchSize = 4, TimeSteps = TimeSteps });
            trainer.TrainBatch(inputs, [1, 2, 3, 4], lengths);
            return trainer.TrainBatch(inputs, [1, 2, 3, 4], lengths);
        }
    }

    private static float Train(Stream model, int checkpointSteps, float[] inputs, float[] targets)
    {
        using var trainer = new Trainer<Stream>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError, BatchSize = 4, TimeSteps = TimeSteps, CheckpointSteps = checkpointSteps,
        });
        trainer.TrainBatch(inputs, targets);
        trainer.TrainBatch(inputs, targets, [5, 11, 2, 10]);
        return trainer.TrainBatch(inputs, targets);
    }

    private static float[][] WeightsOf(Stream model) => [.. model.Weights.Select(tensor => tensor.ToArray())];

    private static float[][] WeightsOf(Pooled model) => [.. model.Weights.Select(tensor => tensor.ToArray())];
}
