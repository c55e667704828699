using NanoRnn.CompilerServices;

namespace NanoRnn.Learning.Tests;

/// <summary>
/// The adding problem (Hochreiter and Schmidhuber 1997): a sequence of random numbers of which two are marked, one in each half; the
/// answer at the end is their sum. Who always says 1 has a mean square error of 1/6.
/// </summary>
internal static class AddingProblem
{
    private const int TimeSteps = 100;

    private const int BatchSize = 32;
    private const int TestCount = 1000;

    /// <summary>Trains on new sequences at every step, and gives the mean square error of others.</summary>
    public static float Learn<TModel>(TModel model, int steps, Optimizer optimizer)
        where TModel : class, IRnnModel<TModel>
    {
        using var trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError,
            Optimizer = optimizer,
            BatchSize = BatchSize,
            TimeSteps = TimeSteps,
        });
        var random = new RandomGenerator(seed: 1);
        var (inputs, targets) = (new float[BatchSize * TimeSteps * 2], new float[BatchSize]);
        for (var step = 0; step < steps; step++)
        {
            Fill(inputs, targets, ref random);
            trainer.TrainBatch(inputs, targets);
        }

        var (testInputs, testTargets) = (new float[TestCount * TimeSteps * 2], new float[TestCount]);
        Fill(testInputs, testTargets, ref random);
        return trainer.Evaluate(new SequenceDataset(testInputs, testTargets, TimeSteps, inputSize: 2, targetSize: 1));
    }

    private static void Fill(Span<float> inputs, Span<float> targets, ref RandomGenerator random)
    {
        inputs.Clear();
        for (var sample = 0; sample < targets.Length; sample++)
        {
            var sequence = inputs.Slice(sample * TimeSteps * 2, TimeSteps * 2);
            for (var step = 0; step < TimeSteps; step++)
                sequence[2 * step] = random.NextFloat();
            var (first, second) = (random.NextInt(TimeSteps / 2), TimeSteps / 2 + random.NextInt(TimeSteps / 2));
            sequence[2 * first + 1] = sequence[2 * second + 1] = 1;
            targets[sample] = sequence[2 * first] + sequence[2 * second];
        }
    }
}
