using NanoRnn.Tests.Shared;

namespace NanoRnn.Training.Tests.Optimizers;

/// <summary>Optimizers in a trainer.</summary>
public class OptimizerTrainingTests
{
    private const int Samples = 12;

    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void TrainingLowersTheLoss(string name)
    {
        using var trainer = Create(OptimizerCases.Create(name));
        var dataset = CreateDataset();
        var before = trainer.Evaluate(dataset);
        trainer.Fit(dataset, epochs: 40);
        Assert.True(trainer.Evaluate(dataset) < before, $"{trainer.Evaluate(dataset)} is not less than {before}");
    }

    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void ThreadsDoNotChangeABit(string name)
    {
        float[]? expected = null;
        foreach (var threads in (int[])[1, 3])
        {
            using var trainer = Create(OptimizerCases.Create(name), threads);
            trainer.Fit(CreateDataset(), epochs: 3);
            float[] weights = [.. trainer.Model.Weights.SelectMany(tensor => tensor.ToArray())];
            Assert.Equal(expected ?? weights, weights);
            expected = weights;
        }
    }

    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void StepsAllocateNothing(string name)
    {
        using var trainer = Create(OptimizerCases.Create(name));
        var inputs = new float[4 * 10];
        float[] targets = [0, 1, 2, 0];
        trainer.TrainBatch(inputs, targets);
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            trainer.TrainBatch(inputs, targets);
            trainer.FinalizeWeights();
        }));
    }

    /// <summary>What is kept for each weight comes from the arena, and the plan knows it.</summary>
    [Theory]
    [MemberData(nameof(OptimizerCases.Names), MemberType = typeof(OptimizerCases))]
    public void MemoryIsWhatIsPlanned(string name)
    {
        var optimizer = OptimizerCases.Create(name);
        var options = new TrainerOptions { Optimizer = optimizer };
        var plain = new TrainerOptions { Optimizer = Optimizer.Sgd() };
        Assert.Equal(
            optimizer.SlotCount * Layouts.Of<Classifier>().WeightLength * sizeof(float),
            options.GetMemoryBytes<Classifier>() - plain.GetMemoryBytes<Classifier>());
        var arena = MemoryArena.Allocate(options.GetMemoryBytes<Classifier>());
        using var trainer = new Trainer<Classifier>(new Classifier(), options, arena);
        Assert.Equal(0, arena.Length - arena.Used);
    }

    /// <summary>Fit ends with the averages, as in Keras, and not before its last validation.</summary>
    [Fact]
    public void FitEndsWithTheAverages()
    {
        var optimizer = Optimizer.Sgd(0.5) with { UseEma = true, EmaMomentum = 0.9 };
        using var trainer = Create(optimizer);
        using var plain = Create(Optimizer.Sgd(0.5));
        var dataset = CreateDataset();
        var history = trainer.Fit(dataset, epochs: 3, validation: dataset);
        var expected = plain.Fit(dataset, epochs: 3, validation: dataset);
        Assert.Equal(expected.ValidationLoss, history.ValidationLoss);
        Assert.NotEqual(plain.Evaluate(dataset), trainer.Evaluate(dataset));
        var before = trainer.Evaluate(dataset);
        trainer.FinalizeWeights();
        Assert.Equal(before, trainer.Evaluate(dataset));
    }

    private static Trainer<Classifier> Create(Optimizer optimizer, int threads = 1) => new(new Classifier(seed: 2), new TrainerOptions
    {
        Loss = Loss.SparseCategoricalCrossentropy, Optimizer = optimizer, Threads = threads,
    });

    private static SequenceDataset CreateDataset()
    {
        var random = new RandomGenerator(5);
        var (inputs, classes) = (new float[Samples * 10], new int[Samples]);
        for (var sample = 0; sample < Samples; sample++)
        {
            classes[sample] = sample % 3;
            foreach (ref var value in inputs.AsSpan(sample * 10, 10))
                value = random.NextUniform(-1, 1) + classes[sample] - 1;
        }

        return new SequenceDataset(inputs, classes, timeSteps: 5, inputSize: 2, targetSize: 1);
    }
}
