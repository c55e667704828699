using NanoRnn.Reference;
using Xunit.Abstractions;

namespace NanoRnn.Tests.Gradients;

/// <summary>Gradients of a model, read from one long step of gradient descent, against those of the reference.</summary>
internal static class GradientAssert
{
    /// <summary>
    /// One step of gradient descent this long leaves nothing but the gradient in the weights: w − 2²⁰·g keeps all digits of g.
    /// </summary>
    public const float LearningRate = 1 << 20;

    /// <summary>Relative to the largest element of a tensor's gradient.</summary>
    private const double GradientTolerance = 2e-5;

    private const double LossTolerance = 1e-5;

    /// <summary>Averages are at most 4: two units of the last digit.</summary>
    private const double MovingTolerance = 5e-7;

    /// <summary>A tensor with a smaller gradient than this part of the largest one is measured against the latter.</summary>
    private const double SmallestScale = 1e-2;

    /// <summary>Checks the loss of a step and the weights after it, which were <paramref name="reference"/>'s before.</summary>
    public static void Step(
        ReferenceNetwork reference, ReferenceProblem problem, float actualLoss, Func<string, float[]> after, ITestOutputHelper log)
    {
        var expectedLoss = problem.LossOf(reference);
        Assert.True(
            Math.Abs(actualLoss - expectedLoss) <= LossTolerance * Math.Abs(expectedLoss),
            $"The loss is {actualLoss:R}, not {expectedLoss:R}.");

        reference.MoveStatistics(problem.Batch);
        foreach (var tensor in reference.Tensors.Where(tensor => !tensor.IsTrainable))
            Assert.Equal(Array.ConvertAll(tensor.Values, value => (float)value), after(tensor.Name), (a, b) => Math.Abs(a - b) <= (tensor.IsMoving ? MovingTolerance : 0));

        ReferenceTensor[] tensors = [.. reference.Tensors.Where(tensor => tensor.IsTrainable)];
        var expected = Array.ConvertAll(tensors, tensor => problem.CentralDifferences(reference, tensor));
        var largest = expected.Max(Largest);
        var (skipped, total) = (0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            var tensor = tensors[i];
            var values = after(tensor.Name);
            var scale = Math.Max(Largest(expected[i]), SmallestScale * largest);
            var worst = 0.0;
            for (var j = 0; j < values.Length; j++)
            {
                total++;
                if (double.IsNaN(expected[i][j]))
                {
                    skipped++;
                    continue;
                }

                var actual = (tensor.Values[j] - values[j]) / LearningRate;
                var error = Math.Abs(actual - expected[i][j]) / scale;
                worst = Math.Max(worst, error);
                Assert.True(
                    error <= GradientTolerance,
                    $"{tensor.Name}[{j}]: gradient {actual:G9}, not {expected[i][j]:G9}; the tensor's scale is {scale:G3}.");
            }

            log.WriteLine($"{tensor.Name}: largest error {worst:E1} of {scale:G3}");
        }

        Assert.True(skipped * 10 <= total, $"{skipped} of {total} differences straddle a kink.");
    }

    private static double Largest(double[] values) =>
        values.Where(value => !double.IsNaN(value)).Select(Math.Abs).DefaultIfEmpty(0).Max();
}
