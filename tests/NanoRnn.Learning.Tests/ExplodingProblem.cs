namespace NanoRnn.Learning.Tests;

/// <summary>
/// The sum of a sequence, learnt by a network whose activation has no bounds, with plain gradient descent: the longer the sequence, the
/// steeper the cliffs of the loss (Pascanu et al. 2013).
/// </summary>
internal static class ExplodingProblem
{
    public const int TimeSteps = 50;
    private const int Count = 512;

    /// <summary>Trains a model with a falling learning rate and gives the loss of the last epoch.</summary>
    public static float Learn(Optimizer optimizer, int epochs)
    {
        var random = new RandomGenerator(seed: 1);
        var (inputs, targets) = (new float[Count * TimeSteps], new float[Count]);
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = random.NextFloat();
            targets[i / TimeSteps] += inputs[i];
        }

        var dataset = new SequenceDataset(inputs, targets, TimeSteps, inputSize: 1, targetSize: 1);
        using var trainer = new Trainer<UnboundedRnn>(new UnboundedRnn(seed: 1), new TrainerOptions
        {
            Loss = Loss.MeanSquaredError,
            Optimizer = optimizer,
            TimeSteps = TimeSteps,
        });
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            trainer.LearningRate = (float)optimizer.LearningRate * (1 - (float)epoch / epochs);
            trainer.Fit(dataset);
        }

        return trainer.Evaluate(dataset);
    }
}
