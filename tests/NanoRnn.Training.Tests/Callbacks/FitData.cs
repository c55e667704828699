namespace NanoRnn.Training.Tests.Callbacks;

/// <summary>Sequences whose targets can be learnt, for <see cref="Forecaster"/>.</summary>
internal static class FitData
{
    public const int TimeSteps = 5;

    public static readonly TrainerOptions Options = new() { TimeSteps = TimeSteps, BatchSize = 4, Seed = 7 };

    public static SequenceDataset Create(int count, int seed = 1)
    {
        var random = new RandomGenerator((uint)seed);
        var (inputs, targets) = (new float[count * TimeSteps * 2], new float[count]);
        foreach (ref var input in inputs.AsSpan())
            input = random.NextUniform(-1, 1);
        for (var i = 0; i < count; i++)
            targets[i] = inputs[((i + 1) * TimeSteps * 2) - 1] - (0.5f * inputs[i * TimeSteps * 2]);
        return new SequenceDataset(inputs, targets, TimeSteps, 2, 1);
    }

    public static float[] WeightsOf(ITrainer trainer)
    {
        var weights = new float[trainer.WeightLength];
        trainer.CopyWeightsTo(weights);
        return weights;
    }
}
