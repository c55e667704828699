using NanoRnn.Numerics;

namespace NanoRnn.Tests.Gradients;

/// <summary>
/// The gradient of a recurrent kernel over a single step: of the states that the batch before has left, or zero. In a linear cell whose
/// loss is the mean squared error it is a sum that can be written down.
/// </summary>
public class FirstStepTests
{
    private const int Rows = 6;
    private const int Units = 5;
    private const float L2 = 0.25f;

    private RandomGenerator _random = new(seed: 7);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RecurrentKernelsSeeCarriedStates(bool carriesState)
    {
        var model = new LinearStep(seed: 1);
        using var trainer = new Trainer<LinearStep>(model, new TrainerOptions
        {
            Optimizer = Optimizer.Sgd(1), BatchSize = Rows, TimeSteps = 1, CarryState = carriesState, Shuffle = false,
        });
        var states = new float[Rows * Units];
        for (var batch = 0; batch < 3; batch++)
        {
            var (inputs, targets) = (Random(Rows * LinearStep.InputSize), Random(Rows * Units));
            var weights = model.Weights["simple_rnn.recurrent_kernel"].ToArray();
            var kernel = model.Weights["simple_rnn.kernel"].ToArray();
            var bias = model.Weights["simple_rnn.bias"].ToArray();
            var outputs = new float[Rows * Units];
            for (var i = 0; i < outputs.Length; i++)
            {
                var (row, unit) = (i / Units, i % Units);
                outputs[i] = bias[unit] + (inputs[row * 2] * kernel[unit]) + (inputs[(row * 2) + 1] * kernel[Units + unit]);
                for (var k = 0; carriesState && k < Units; k++)
                    outputs[i] += states[(row * Units) + k] * weights[(k * Units) + unit];
            }

            trainer.TrainBatch(inputs, targets);

            var trained = model.Weights["simple_rnn.recurrent_kernel"].ToArray();
            for (var i = 0; i < weights.Length; i++)
            {
                var (k, unit) = (i / Units, i % Units);
                var gradient = 2 * L2 * weights[i];
                for (var row = 0; carriesState && row < Rows; row++)
                    gradient += 2f / (Rows * Units) * (outputs[(row * Units) + unit] - targets[(row * Units) + unit]) * states[(row * Units) + k];
                Assert.Equal(weights[i] - gradient, trained[i], 1e-6f);
            }

            states = outputs;
        }
    }

    private float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.NextUniform(-1, 1))];
}
