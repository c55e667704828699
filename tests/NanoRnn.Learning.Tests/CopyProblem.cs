using System.Numerics.Tensors;
using NanoRnn.CompilerServices;

namespace NanoRnn.Learning.Tests;

/// <summary>
/// Copy memory (Hochreiter and Schmidhuber 1997): some symbols, a long pause, and at a sign the symbols again in the same order.
/// </summary>
internal static class CopyProblem
{
    /// <summary>Four symbols to remember, the pause, the sign.</summary>
    public const int Vocabulary = Symbols + 2;

    private const int Symbols = 4;
    private const int Pause = Symbols;
    private const int Sign = Symbols + 1;
    private const int Length = 4;
    private const int PauseSteps = 20;
    private const int TimeSteps = Length + PauseSteps + Length;
    private const int BatchSize = 32;
    private const int TestCount = 1000;

    /// <summary>Trains on new sequences at every step, and gives the share of symbols of others that come back right.</summary>
    public static double Learn<TModel>(TModel model, int steps, Optimizer optimizer)
        where TModel : class, IRnnModel<TModel>, ISequencePredictor<int>
    {
        using var trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            Loss = Loss.SparseCategoricalCrossentropy,
            Optimizer = optimizer,
            BatchSize = BatchSize,
            TimeSteps = TimeSteps,
        });
        var random = new RandomGenerator(seed: 1);
        var (tokens, targets) = (new int[BatchSize * TimeSteps], new int[BatchSize * TimeSteps]);
        for (var step = 0; step < steps; step++)
        {
            trainer.LearningRate = (float)optimizer.LearningRate * (1 - (float)step / steps);
            for (var sample = 0; sample < BatchSize; sample++)
                Fill(tokens.AsSpan(sample * TimeSteps, TimeSteps), targets.AsSpan(sample * TimeSteps, TimeSteps), ref random);
            trainer.TrainBatch(tokens, targets);
        }

        var right = 0;
        var outputs = new float[TimeSteps * Vocabulary];
        for (var sample = 0; sample < TestCount; sample++)
        {
            var test = tokens.AsSpan(0, TimeSteps);
            var expected = targets.AsSpan(0, TimeSteps);
            Fill(test, expected, ref random);
            model.Predict(test, outputs);
            for (var step = TimeSteps - Length; step < TimeSteps; step++)
            {
                if (TensorPrimitives.IndexOfMax(outputs.AsSpan(step * Vocabulary, Vocabulary)) == expected[step])
                    right++;
            }
        }

        return right / (double)(TestCount * Length);
    }

    private static void Fill(Span<int> tokens, Span<int> targets, ref RandomGenerator random)
    {
        tokens.Fill(Pause);
        targets.Fill(Pause);
        tokens[TimeSteps - Length] = Sign;
        for (var i = 0; i < Length; i++)
            targets[TimeSteps - Length + i] = tokens[i] = random.NextInt(Symbols);
    }
}
