using NanoRnn.Reference;

namespace NanoRnn.Differential.Running.Checks;

/// <summary>The loss of a step is the reference's, and the gradient that it takes is the reference's difference of losses, for some weights.</summary>
internal sealed class GradientCheck : ICheck
{
    /// <summary>One step of gradient descent this long leaves nothing but the gradient in the weights.</summary>
    private const float LearningRate = 1 << 20;

    private const double LossTolerance = 1e-5;

    /// <summary>Relative to the largest element of a tensor's gradient.</summary>
    private const double Tolerance = 3e-5;

    /// <summary>A tensor with a smaller gradient than this part of the largest one is measured against the latter.</summary>
    private const double SmallestScale = 1e-2;

    /// <summary>Multiply-adds that the reference may take.</summary>
    private const double Budget = 1e8;

    /// <summary>
    /// A network that amplifies small errors amplifies those of losses and gradients too, and of two sides of a kink a float may be on the other
    /// one: losses and gradients may be as far off as they move when all weights move by this, which is what the roundings of long sums come to.
    /// </summary>
    private const double WeightMove = 1.0 / (1 << 20);

    private const int Moves = 4;

    private const int MaxSamples = 5;

    public string? Find(TestCase test)
    {
        if (!test.Subject.IsTrainable || test.Reference.Tensors.Count == 0 || HasDropout(test) || HasPenalties(test))
            return null;
        var request = test.Training with { Optimizer = Optimizer.Sgd(LearningRate), Steps = 1 };
        if (test.Subject.HasSession && test.Subject.Layout.BatchStatistics.IsEmpty && test.Dice.Chance(0.3))
            request = request with { CheckpointSteps = 1 + test.Dice.Next(3) };
        var actual = test.Subject.Train(request);
        var batch = test.Input.ToReference(request.HasLengths) with { Targets = test.DecoderTokens };
        var problem = new ReferenceProblem(test.ReferenceLoss, batch, test.Targets);
        var computed = new LargestValue();
        var loss = problem.LossOf(test.Reference, computed);
        if (!(loss < LargestValue.Comparable) || !computed.IsComparable || AreRoundings(test, batch))
            return null;
        var error = Math.Abs(actual.Losses[0] - loss);
        if (!(error <= LossTolerance * Math.Abs(loss)) && !(error <= LargestMove(test, loss, () => problem.LossOf(test.Reference))))
            return FormattableString.Invariant($"Loss: expected {loss:G9}, found {actual.Losses[0]:G9}.");
        return FindInGradients(test, problem, actual.Weights);
    }

    private static string? FindInGradients(TestCase test, ReferenceProblem problem, float[][] after)
    {
        var tensors = test.Reference.Tensors;
        var gradients = tensors.Select((tensor, i) => tensor.Values.Zip(after[i], (before, w) => (before - w) / LearningRate).ToArray()).ToArray();
        var largest = gradients.Max(Largest);
        var weights = tensors.Sum(tensor => (double)tensor.Values.Length);
        var cost = 4 * weights * test.Input.Rows * test.Input.TimeSteps * tensors.Count;
        var samples = (int)Math.Clamp(Budget / cost, 1, MaxSamples);
        for (var i = 0; i < tensors.Count; i++)
        {
            if (!tensors[i].IsTrainable)
            {
                if (!tensors[i].IsMoving && Largest(gradients[i]) != 0)
                    return $"{tensors[i].Name} is not trainable, but has changed.";
                continue;
            }

            var scale = Math.Max(Largest(gradients[i]), SmallestScale * largest);
            for (var sample = 0; sample < samples; sample++)
            {
                var index = test.Dice.Next(tensors[i].Values.Length);
                var expected = problem.CentralDifference(test.Reference, tensors[i], index);
                var error = Math.Abs(gradients[i][index] - expected);
                if (double.IsNaN(expected) || error <= Tolerance * scale)
                    continue;

                // A user's function may have a kink there: then a shorter difference is another one.
                var shorter = problem.CentralDifference(test.Reference, tensors[i], index, 1e-6);
                if (Math.Abs(shorter - expected) <= 0.1 * error &&
                    !(error <= LargestMove(test, expected, () => problem.CentralDifference(test.Reference, tensors[i], index))))
                    return FormattableString.Invariant(
                        $"Gradient of {tensors[i].Name}[{index}]: expected {expected:G9}, found {gradients[i][index]:G9}; the largest is {scale:G3}.");
            }
        }

        return null;
    }

    /// <summary>Whether outputs are what rounding has left of differences, such as that of a layer and the mean of it and itself: then so are gradients.</summary>
    private static bool AreRoundings(TestCase test, ReferenceBatch batch)
    {
        const double Share = 1e-2;
        var outputs = test.Reference.Predict(batch).Values;
        var moved = Roundings.Move(test, Roundings.Of(test), probe => test.Reference.Predict(batch, probe).Values);
        return !(outputs.Zip(moved, (output, other) => Math.Abs(output - other)).Max() <= Share * Largest(outputs));
    }

    /// <summary>How far a number of a network moves when all weights do.</summary>
    private static double LargestMove(TestCase test, double number, Func<double> compute)
    {
        var largest = 0.0;
        for (var move = 0; move < Moves; move++)
            largest = Math.Max(largest, Math.Abs(Roundings.Move(test, WeightMove, _ => compute()) - number));
        return largest;
    }

    private static double Largest(double[] values) => values.Max(Math.Abs);

    /// <summary>Which elements are dropped only the trainer knows.</summary>
    private static bool HasDropout(TestCase test) => Attribute.GetCustomAttributes(test.Model)
        .Any(attribute => attribute is DropoutAttribute or RecurrentLayerAttribute { Dropout: > 0 } or RecurrentLayerAttribute { RecurrentDropout: > 0 });

    /// <summary>The reference's losses are without them.</summary>
    private static bool HasPenalties(TestCase test) => test.Subject.Layout.Tensors.Any(tensor => tensor.L1 > 0 || tensor.L2 > 0);
}
