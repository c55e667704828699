using NanoRnn;
using Samples;

namespace Shapes;

/// <summary>A network without memory: one time step in, one out.</summary>
[RnnModel(InputSize = 2)]
[Dense(48, Activation = Activation.Tanh)]
[Dense(48, Activation = Activation.Tanh)]
[Dense(1)]
public sealed partial class SurfaceModel;

/// <summary>One to one: learns a surface from some of its points.</summary>
public static class Regression
{
    public const string Title = "One to one: learn a surface from 2000 of its points";

    private const int Epochs = 100;

    /// <summary>Trains a model and measures it at points it has not seen.</summary>
    /// <returns>The root of the mean square of its error there, and that of always saying the mean.</returns>
    public static (double Model, double Mean) Run(TextWriter output)
    {
        var training = CreatePoints(count: 2000, seed: 1);
        var test = CreatePoints(count: 1000, seed: 2);
        var model = new SurfaceModel(seed: 42);
        var trainer = new Trainer<SurfaceModel>(model, new TrainerOptions
        {
            Loss = Loss.MeanSquaredError,
            Optimizer = Optimizer.Adam(learningRate: 0.01f),
            BatchSize = 32,
            TimeSteps = 1,
        });
        trainer.Fit(training, Epochs, test, new CosineDecay(), new ProgressBar(output));

        output.WriteLine();
        output.WriteLine("     x      y  predicted     true");
        var predicted = new float[SurfaceModel.OutputSize];
        for (var i = 0; i < 5; i++)
        {
            var point = test.GetInput(i);
            model.Predict(point, predicted);
            output.WriteLine($"{point[0],6:F3} {point[1],6:F3}  {predicted[0],9:F4} {test.GetTarget(i)[0],8:F4}");
        }

        var values = Enumerable.Range(0, test.Count).Select(i => (double)test.GetTarget(i)[0]).ToArray();
        var mean = values.Average();
        var errors = (Model: Math.Sqrt(trainer.Evaluate(test)), Mean: Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
        output.WriteLine();
        output.WriteLine($"Error at {test.Count} unseen points (RMSE): {errors.Model:F4}; of the mean value: {errors.Mean:F4}");
        return errors;
    }

    /// <summary>The surface.</summary>
    public static double Evaluate(double x, double y) => Math.Sin(3 * x) * Math.Cos(2 * y) + x * y / 2;

    private static SequenceDataset CreatePoints(int count, ulong seed)
    {
        var random = new RandomGenerator(seed);
        var (inputs, targets) = (new float[count * 2], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (random.NextUniform(-1, 1), random.NextUniform(-1, 1));
            (inputs[2 * i], inputs[2 * i + 1]) = (x, y);
            targets[i] = (float)Evaluate(x, y);
        }

        return new SequenceDataset(inputs, targets, timeSteps: 1, inputSize: 2, targetSize: 1);
    }
}
