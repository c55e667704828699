using NanoRnn;

namespace Tutorials;

[RnnModel(InputSize = 1)]
[SimpleRnn(50, Activation = Activation.Relu)]
[Dense(1)]
public sealed partial class SumModel;

/// <summary>Learns to add: 100 random sequences of 10 numbers, then one that it has never seen.</summary>
public static class SumOfSequence
{
    public const string Title = "Learn the sum of a random sequence; predict a new one";

    public static void Run(TextWriter output)
    {
        var training = RandomSums.Create(count: 100, seed: 1);

        var model = new SumModel(seed: 42);
        var trainer = new Trainer<SumModel>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError,
            Optimizer = Optimizer.Adam(),
            TimeSteps = RandomSums.TimeSteps,
        });
        trainer.Fit(training, epochs: 100, callbacks: new ProgressBar(output));

        var unseen = RandomSums.Create(count: 1, seed: 2);
        var predicted = new float[SumModel.OutputSize];
        model.Predict(unseen.GetInput(0), predicted);

        output.WriteLine();
        output.WriteLine($"Sequence:      {string.Join(' ', unseen.GetInput(0).ToArray().Select(value => $"{value:F3}"))}");
        output.WriteLine($"True sum:      {unseen.GetTarget(0)[0]:F4}");
        output.WriteLine($"Predicted sum: {predicted[0]:F4}");
    }
}
