using NanoRnn;

namespace Tutorials;

[RnnModel(InputSize = 1)]
[SimpleRnn(32, Activation = Activation.Relu)]
[Dense(1)]
public sealed partial class TestedModel;

/// <summary>1000 random sequences, of which the last fifth only measures what the others have taught.</summary>
public static class TrainAndTest
{
    public const string Title = "Train on 80 % of 1000 sequences, test on 20 %";

    public static void Run(TextWriter output)
    {
        var (training, test) = RandomSums.Create(count: 1000, seed: 1).Split(0.8);
        output.WriteLine($"{training.Count} sequences to train, {test.Count} to test.");

        var model = new TestedModel(seed: 42);
        var trainer = new Trainer<TestedModel>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError,
            Optimizer = Optimizer.Adam(),
            BatchSize = 32,
            TimeSteps = RandomSums.TimeSteps,
        });
        trainer.Fit(training, epochs: 20, callbacks: new ProgressBar(output));

        output.WriteLine();
        output.WriteLine($"Test loss: {trainer.Evaluate(test):F6}");
        output.WriteLine();
        output.WriteLine("Predicted     True");
        var predicted = new float[TestedModel.OutputSize];
        for (var i = 0; i < 5; i++)
        {
            model.Predict(test.GetInput(i), predicted);
            output.WriteLine($"{predicted[0],9:F4} {test.GetTarget(i)[0],8:F4}");
        }
    }
}
