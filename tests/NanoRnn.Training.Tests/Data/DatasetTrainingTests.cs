using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Data;

/// <summary>What trainers make of views: the bits of the same samples copied.</summary>
public class DatasetTrainingTests
{
    private const int BatchSize = 4;

    private static readonly WindowOptions Gathered = new()
    {
        SequenceLength = 5, SamplingRate = 2, SequenceStride = 3, Columns = 4, InputColumns = [3, 1], TargetColumns = [2], Offset = 3,
    };

    [Fact]
    public void TrainingOnViewsHasTheBitsOfCopies()
    {
        var views = SequenceDataset.FromWindows(Numbers(4 * 80), Gathered);
        var copies = Copy(views);
        Assert.Equal(Train(copies), Train(views));

        static float[] Train(SequenceDataset dataset)
        {
            var model = new Forecaster(seed: 1);
            using var trainer = new Trainer<Forecaster>(model, new TrainerOptions { Seed = 2 });
            trainer.Fit(dataset, epochs: 2, validation: dataset);
            return [.. model.Weights.SelectMany(tensor => tensor.ToArray())];
        }
    }

    /// <summary>There are datasets and streams to fit; a name left out means the former.</summary>
    [Fact]
    public void NewWithoutANameIsADataset()
    {
        using var trainer = new Trainer<Forecaster>(new Forecaster(), new TrainerOptions());
        Assert.Equal(1, trainer.Fit(new(Numbers(20), Numbers(2), timeSteps: 5, inputSize: 2, targetSize: 1)).Epochs);
    }

    [Fact]
    public void TokensOfAWindowTrainWithTheBitsOfCopies()
    {
        var tokens = Enumerable.Range(0, 100).Select(i => i * i % 11).ToArray();
        var views = SequenceDataset.FromWindows(tokens, new WindowOptions { SequenceLength = 5, SamplingRate = 2, TargetPerStep = true });
        var (inputs, targets) = (new int[views.Count * 5], new int[views.Count * 5]);
        for (var i = 0; i < views.Count; i++)
        {
            views.CopyTokens(i, inputs.AsSpan(5 * i, 5));
            views.CopyTargetTokens(i, targets.AsSpan(5 * i, 5));
        }

        Assert.Equal(tokens[3], targets[1]);
        Assert.Equal(Train(new SequenceDataset(inputs, targets, 5, 5)), Train(views));

        static float[] Train(SequenceDataset dataset)
        {
            var model = new LanguageModel(seed: 1);
            using var trainer = new Trainer<LanguageModel>(model, new TrainerOptions
            {
                Loss = Loss.SparseCategoricalCrossentropy, TimeSteps = 5, BatchSize = BatchSize,
            });
            trainer.Fit(dataset);
            return [.. model.Weights.SelectMany(tensor => tensor.ToArray())];
        }
    }

    /// <summary>Two lanes with carried states are two long sequences: what comes out of the second batch depends on the first.</summary>
    [Fact]
    public void StatesAreCarriedAlongLanes()
    {
        var series = Numbers(41);
        var windows = SequenceDataset.FromWindows(series, new WindowOptions { SequenceLength = 5, SequenceStride = 5, TargetPerStep = true });
        var options = new TrainerOptions { TimeSteps = 5, BatchSize = 2, CarryState = true, Shuffle = false };
        var byFit = new Stateful(seed: 1);
        using (var trainer = new Trainer<Stateful>(byFit, options))
            trainer.Fit(windows.InLanes(2));

        var byHand = new Stateful(seed: 1);
        using (var trainer = new Trainer<Stateful>(byHand, options))
        {
            for (var batch = 0; batch < 4; batch++)
            {
                var (first, second) = (5 * batch, 20 + 5 * batch);
                trainer.TrainBatch(
                    [.. series.AsSpan(first, 5), .. series.AsSpan(second, 5)], [.. series.AsSpan(first + 1, 5), .. series.AsSpan(second + 1, 5)]);
            }
        }

        Assert.Equal(byHand.Weights.SelectMany(tensor => tensor.ToArray()), byFit.Weights.SelectMany(tensor => tensor.ToArray()));
    }

    [Fact]
    public void PredictHasTheBitsOfTheModel()
    {
        var dataset = SequenceDataset.FromWindows(Numbers(4 * 83), Gathered with { Horizon = 0 });
        Assert.False(dataset.HasTargets);
        var model = new Forecaster(seed: 1);
        using var trainer = new Trainer<Forecaster>(model, new TrainerOptions { Threads = 2 });
        var outputs = new float[dataset.Count];
        trainer.Predict(dataset, outputs);
        var (input, expected) = (new float[10], new float[1]);
        Assert.NotEqual(0, dataset.Count % BatchSize);
        for (var i = 0; i < dataset.Count; i++)
        {
            dataset.CopyInput(i, input);
            model.Predict(input, expected);
            Assert.Equal(expected[0], outputs[i]);
        }
    }

    [Fact]
    public void PredictHasTheBitsOfTheModelWithLengths()
    {
        var tagger = new Tagger(seed: 1);
        AssertPredicts(tagger, tagger, inputSize: 2, outputSize: 3);
        var stateful = new Stateful(seed: 1);
        AssertPredicts(stateful, stateful, inputSize: 1, outputSize: 1);

        static void AssertPredicts<TModel>(TModel model, ISequencePredictor<float> predictor, int inputSize, int outputSize)
            where TModel : class, CompilerServices.IRnnModel<TModel>
        {
            int[] lengths = [6, 1, 3, 6, 2, 5, 4];
            var inputs = Numbers(7 * 6 * inputSize);
            using var trainer = new Trainer<TModel>(model, new TrainerOptions { TimeSteps = 6, BatchSize = 3 });
            var (outputs, expected) = (new float[7 * 6 * outputSize], new float[7 * 6 * outputSize]);
            outputs.AsSpan().Fill(float.NaN);
            trainer.Predict(new SequenceDataset(inputs, timeSteps: 6, inputSize, lengths), outputs);
            predictor.PredictBatch(inputs, 6, lengths, expected);
            Assert.Equal(expected, outputs);
        }
    }

    [Fact]
    public void PredictFromTokensHasTheBitsOfTheModel()
    {
        var tokens = new LanguageModel(seed: 1);
        using var tokenTrainer = new Trainer<LanguageModel>(tokens, new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy, TimeSteps = 3, BatchSize = 2,
        });
        var (found, wanted) = (new float[3 * 3 * 11], new float[3 * 3 * 11]);
        tokenTrainer.Predict(new SequenceDataset((int[])[1, 2, 3, 4, 5, 6, 7, 8, 9], timeSteps: 3), found);
        tokens.PredictBatch([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, wanted);
        Assert.Equal(wanted, found);
    }

    [Fact]
    public void PredictAllocatesNothing()
    {
        var dataset = SequenceDataset.FromWindows(Numbers(4 * 80), Gathered).Shuffle(seed: 1);
        using var trainer = new Trainer<Forecaster>(new Forecaster(), new TrainerOptions());
        var outputs = new float[dataset.Count];
        trainer.Predict(dataset, outputs);
        Assert.Equal(0, AllocatedBytes.Of(() => trainer.Predict(dataset, outputs)));
        Assert.Equal(0, AllocatedBytes.Of(() => trainer.Evaluate(dataset)));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        using var trainer = new Trainer<Forecaster>(new Forecaster(), new TrainerOptions());
        var inputs = new SequenceDataset(new float[20], timeSteps: 5, inputSize: 2);
        AssertMessage("Expected 2 floats (2 samples of 1), found 3", () => trainer.Predict(inputs, new float[3]));
        AssertMessage("Expected 1 floats in a target, the dataset has 0", () => trainer.Fit(inputs));
        AssertMessage("Expected 5 time steps, the dataset has 10", () => trainer.Predict(new SequenceDataset(new float[20], 10, 2), new float[1]));
        Assert.Contains(
            "samples have no targets", Assert.Throws<InvalidOperationException>(() => inputs.GetTarget(0).Length).Message, StringComparison.Ordinal);

        using var tokens = new Trainer<LanguageModel>(new LanguageModel(), new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy, TimeSteps = 1, BatchSize = 1,
        });
        AssertMessage(
            "Token 11 at step 0 of sample 1", () => tokens.Predict(new SequenceDataset((int[])[1, 11], timeSteps: 1), new float[22]));

        static void AssertMessage(string expected, Action action) =>
            Assert.Contains(expected, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static float[] Numbers(int count)
    {
        var random = new RandomGenerator(7);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = random.NextUniform(-1, 1);
        return numbers;
    }

    private static SequenceDataset Copy(SequenceDataset dataset)
    {
        var length = dataset.TimeSteps * dataset.InputSize;
        var (inputs, targets) = (new float[dataset.Count * length], new float[dataset.Count * dataset.TargetSize]);
        for (var i = 0; i < dataset.Count; i++)
        {
            dataset.CopyInput(i, inputs.AsSpan(i * length, length));
            dataset.CopyTarget(i, targets.AsSpan(i * dataset.TargetSize, dataset.TargetSize));
        }

        return new SequenceDataset(inputs, targets, dataset.TimeSteps, dataset.InputSize, dataset.TargetSize);
    }
}
