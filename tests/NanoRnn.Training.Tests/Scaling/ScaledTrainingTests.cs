using NanoRnn.Training.Tests.Optimizers;

namespace NanoRnn.Training.Tests.Scaling;

/// <summary>Training goes through scales and leaves them alone.</summary>
public sealed class ScaledTrainingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanornn");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>
    /// With scales that are powers of two, which round nothing: gradients of the loss in the targets' units are the square of the scale times those
    /// of the scaled loss.
    /// </summary>
    [Theory]
    [InlineData(NormalizationKind.Standard)]
    [InlineData(NormalizationKind.MinMax)]
    public void GradientsAreThoseOfTheScaledLoss(NormalizationKind kind)
    {
        const float InputScale = 2;
        const float TargetScale = 4;
        var rows = Numbers.Rows(4 * 5, kind == NormalizationKind.Standard ? 7 : 1);
        if (kind == NormalizationKind.Standard)
        {
            var (model, plain) = (new Weather(seed: 1), new PlainWeather(seed: 1));
            model.Weights["normalization.variance"].CopyFrom([.. Enumerable.Repeat(InputScale * InputScale, 7)]);
            model.Weights["denormalization.variance"].CopyFrom([TargetScale * TargetScale, TargetScale * TargetScale]);
            AssertTrainsAlike(model, plain, model.Weights, plain.Weights, rows, Numbers.Rows(4, 2, seed: 2));
        }
        else
        {
            var (model, plain) = (new Ranges(seed: 1), new PlainRanges(seed: 1));
            model.Weights["normalization.maximum"].CopyFrom([InputScale]);
            model.Weights["denormalization.maximum"].CopyFrom([.. Enumerable.Repeat(TargetScale, 5)]);
            AssertTrainsAlike(model, plain, model.Weights, plain.Weights, rows, Numbers.Rows(4 * 5, 5, seed: 2));
        }

        static void AssertTrainsAlike<TModel, TPlain>(
            TModel model, TPlain plain, WeightCollection weights, WeightCollection plainWeights, float[] rows, float[] targets)
            where TModel : class, CompilerServices.IRnnModel<TModel>
            where TPlain : class, CompilerServices.IRnnModel<TPlain>
        {
            var options = new TrainerOptions { TimeSteps = 5, BatchSize = 4, Optimizer = Optimizer.Sgd(0.01 / 1024) };
            var plainOptions = options with { Optimizer = Optimizer.Sgd(0.01 / 1024 * TargetScale * TargetScale) };
            using var trainer = new Trainer<TModel>(model, options);
            using var plainTrainer = new Trainer<TPlain>(plain, plainOptions);
            for (var step = 0; step < 3; step++)
            {
                var loss = plainTrainer.TrainBatch([.. rows.Select(x => x / InputScale)], [.. targets.Select(y => y / TargetScale)]);
                Assert.Equal(loss * TargetScale * TargetScale, trainer.TrainBatch(rows, targets));
            }

            Assert.All(plainWeights, tensor => Assert.Equal(tensor.ToArray(), weights[tensor.Name].ToArray()));
        }
    }

    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void StatisticsAreNotTrained(string name)
    {
        foreach (var optimizer in (Optimizer[])
        [
            OptimizerCases.Create(name) with { WeightDecay = 0.1, DecayAllWeights = true, UseEma = true, EmaOverwriteFrequency = 2, ClipNorm = 0.1 },
            OptimizerCases.Create(name) with { GlobalClipNorm = 0.1 },
        ])
        {
            var model = new Weather(seed: 1);
            model.Adapt(Numbers.Rows(100, 7), Numbers.Rows(100, 2, seed: 2));
            var before = Statistics(model);
            var kernel = model.Weights["gru.kernel"].ToArray();
            using var trainer = new Trainer<Weather>(model, new TrainerOptions { Optimizer = optimizer });
            for (var step = 0; step < 6; step++)
                trainer.TrainBatch(Numbers.Rows(4 * 5, 7), Numbers.Rows(4, 2, seed: 2));
            trainer.FinalizeWeights();
            Assert.Equal(before, Statistics(model));
            Assert.NotEqual(kernel, model.Weights["gru.kernel"].ToArray());
        }
    }

    /// <summary>Nothing is kept for them: neither gradients nor an optimizer's numbers.</summary>
    [Fact]
    public void StatisticsTakeNoMemoryOfTraining()
    {
        Assert.Equal(new TrainerOptions().GetMemoryBytes<PlainWeather>() - TapeBytes<PlainWeather>(), new TrainerOptions().GetMemoryBytes<Weather>() - TapeBytes<Weather>());
        Assert.Equal(PlainWeather.Memory.TransposedBytes, Weather.Memory.TransposedBytes);
        Assert.Equal(PlainWeather.Memory.GradientBytes, Weather.Memory.GradientBytes);
        Assert.Equal(PlainWeather.Memory.OptimizerBytes, Weather.Memory.OptimizerBytes);
        Assert.Equal(Weather.Memory.TrainerBytes, new TrainerOptions { Optimizer = Optimizer.Adam() }.GetMemoryBytes<Weather>());

        static long TapeBytes<TModel>()
            where TModel : class, CompilerServices.IRnnModel<TModel> => TModel.GetTapeLength(4, 5, 0) * sizeof(float);
    }

    [Fact]
    public void TrainingGoesOnFromAFile()
    {
        var options = new TrainerOptions { Optimizer = Optimizer.AdamW(0.01) with { UseEma = true, ClipNorm = 1 } };
        var path = Path.Combine(_folder.FullName, "training.safetensors");
        using var whole = new Trainer<Weather>(Adapted(), options);
        Train(whole);
        whole.Save(path);
        Train(whole);
        using var resumed = new Trainer<Weather>(new Weather(seed: 9), options);
        resumed.Load(path);
        Train(resumed);
        Assert.Equal(Numbers.All(whole.Model.Weights), Numbers.All(resumed.Model.Weights));

        static void Train(Trainer<Weather> trainer) => trainer.TrainBatch(Numbers.Rows(4 * 5, 7), Numbers.Rows(4, 2, seed: 2));
    }

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        float[]? expected = null;
        foreach (var threads in (int[])[1, 3])
        {
            var model = new BothWays(seed: 1);
            model.Adapt(Numbers.Rows(100, 18), Numbers.Rows(100, 17, seed: 2));
            using var trainer = new Trainer<BothWays>(model, new TrainerOptions { TimeSteps = 5, BatchSize = 9, Threads = threads, CarryState = false });
            for (var step = 0; step < 3; step++)
                trainer.TrainBatch(Numbers.Rows(9 * 5, 18), Numbers.Rows(9, 17, seed: 3));
            Assert.Equal(expected ?? Numbers.All(model.Weights), Numbers.All(model.Weights));
            expected = Numbers.All(model.Weights);
        }
    }

    /// <summary>A network whose targets are far from zero starts at their mean, and learns what it would of scaled ones.</summary>
    [Fact]
    public void TargetsInTheirUnitsAreLearnt()
    {
        var inputs = Numbers.Rows(200 * 5, 7);
        var targets = new float[200 * 2];
        for (var sample = 0; sample < 200; sample++)
            (targets[2 * sample], targets[2 * sample + 1]) = (1000 + inputs[(sample * 35) + 28], 20 - (3 * inputs[(sample * 35) + 30]));
        var dataset = new SequenceDataset(inputs, targets, 5, 7, 2);
        var model = new Weather(seed: 1);
        model.Adapt(dataset);
        var variance = model.Weights["denormalization.variance"].ToArray().Average();
        using var trainer = new Trainer<Weather>(model, new TrainerOptions { Optimizer = Optimizer.Adam(0.02) });
        Assert.InRange(trainer.Evaluate(dataset) / variance, 0.5, 2);
        trainer.Fit(dataset, epochs: 20);
        Assert.InRange(trainer.Evaluate(dataset) / variance, 0, 0.1);
    }

    private static Weather Adapted()
    {
        var model = new Weather(seed: 1);
        model.Adapt(Numbers.Rows(100, 7), Numbers.Rows(100, 2, seed: 2));
        return model;
    }

    private static float[] Statistics(Weather model) =>
        [.. model.Weights.Where(tensor => tensor.Name.Contains("normalization", StringComparison.Ordinal)).SelectMany(tensor => tensor.ToArray())];
}
