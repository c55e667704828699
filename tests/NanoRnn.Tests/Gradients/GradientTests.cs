using NanoRnn.Tests.Golden;
using NanoRnn.Tests.Reference;
using Xunit.Abstractions;

namespace NanoRnn.Tests.Gradients;

/// <summary>
/// The gradients that the compiler derives, against central differences of the double-precision reference.
/// </summary>
public class GradientTests(ITestOutputHelper log)
{
    private const int Rows = 3;
    private const int TimeSteps = 4;

    /// <summary>Relative to the largest element of a tensor's gradient.</summary>
    private const double GradientTolerance = 2e-5;

    /// <summary>Some of these models amplify rounding; the tolerance that is promised, 1e-6, is tested on the golden cases.</summary>
    private const double OutputTolerance = 1e-5;
    private const double LossTolerance = 1e-5;

    /// <summary>A tensor with a smaller gradient than this part of the largest one is measured against the latter.</summary>
    private const double SmallestScale = 1e-2;

    /// <summary>
    /// One step of gradient descent this long leaves nothing but the gradient in the weights: w − 2²⁰·g keeps all digits of g.
    /// </summary>
    private const float LearningRate = 1 << 20;

    public static TheoryData<string, ReferenceLoss> Cases
    {
        get
        {
            var cases = new TheoryData<string, ReferenceLoss>();
            foreach (var name in GradientModels.All)
                cases.Add(name, ReferenceLoss.MeanSquaredError);

            foreach (var name in (string[])["LinearHeads", "LinearHead", "SigmoidHeads", "SoftmaxHead", "LstmOnLstm", "GruTanh"])
            {
                cases.Add(name, ReferenceLoss.MeanAbsoluteError);
                cases.Add(name, ReferenceLoss.Huber);
            }

            // Fused with the sigmoid in the first two; outside 0…1, where Keras clips, in some outputs of LinearHeads.
            foreach (var name in (string[])
                ["SigmoidHeads", "SigmoidHead", "SigmoidCell", "HardSigmoidHead", "SoftmaxHead", "LinearHeads"])
                cases.Add(name, ReferenceLoss.BinaryCrossentropy);

            // Fused with the softmax, and on what is no softmax.
            foreach (var name in (string[])["SoftmaxHead", "SoftmaxHeads", "WideSoftmaxHead", "SigmoidHeads"])
            {
                cases.Add(name, ReferenceLoss.CategoricalCrossentropy);
                cases.Add(name, ReferenceLoss.SparseCategoricalCrossentropy);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientsAreThoseOfTheReference(string name, ReferenceLoss loss)
    {
        var reference = CreateReference(name);
        var model = CreateModel(name, reference);
        var problem = Problem.Create(name, loss, reference);

        var expected = reference.Tensors.Select(tensor => problem.CentralDifferences(reference, tensor)).ToArray();

        var trainBatch = model.CreateTrainer(loss, Optimizer.Sgd(LearningRate), Rows + 1, TimeSteps);
        var before = reference.Tensors.Select(tensor => model[tensor.Name]).ToArray();
        var actualLoss = trainBatch(problem.Inputs, problem.Targets);
        var expectedLoss = problem.LossOf(reference, null);
        Assert.True(
            Math.Abs(actualLoss - expectedLoss) <= LossTolerance * Math.Abs(expectedLoss),
            $"The loss is {actualLoss:R}, not {expectedLoss:R}.");

        var largest = expected.Max(Largest);
        var (skipped, total) = (0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            var tensor = reference.Tensors[i];
            var after = model[tensor.Name];
            var scale = Math.Max(Largest(expected[i]), SmallestScale * largest);
            var worst = 0.0;
            for (var j = 0; j < after.Length; j++)
            {
                total++;
                if (double.IsNaN(expected[i][j]))
                {
                    skipped++;
                    continue;
                }

                var actual = ((double)before[i][j] - after[j]) / LearningRate;
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

    [Theory]
    [MemberData(nameof(Names))]
    public void OutputsAreThoseOfTheReference(string name)
    {
        var reference = CreateReference(name);
        var model = CreateModel(name, reference);
        var problem = Problem.Create(name, ReferenceLoss.MeanSquaredError, reference);

        var expected = reference.Predict(problem.Inputs, TimeSteps);
        var actual = model.PredictEach(problem.Inputs, TimeSteps);

        Assert.Equal(expected.Length, actual.Length);
        var scale = Largest(expected);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], OutputTolerance * scale);
    }

    public static TheoryData<string> Names => [.. GradientModels.All];

    private static double Largest(double[] values) =>
        values.Where(value => !double.IsNaN(value)).Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>The reference, with weights that are exact floats.</summary>
    private static ReferenceNetwork CreateReference(string name)
    {
        var network = new ReferenceNetwork(GradientModels.All.TypeOf(name));

        // Exponentials feed on themselves (the models named after gelu have exponential gates); a hard sigmoid is to clip.
        var stretch =
            name.EndsWith("Exponential", StringComparison.Ordinal) || name.EndsWith("Gelu", StringComparison.Ordinal) ? 0.5
            : name.Contains("HardSigmoid", StringComparison.Ordinal) ? 3
            : 1;
        foreach (var tensor in network.Tensors)
        {
            var bound = tensor.Name switch
            {
                _ when tensor.Name.EndsWith(".bias", StringComparison.Ordinal) => 0.4,
                _ when tensor.Name.EndsWith(".recurrent_kernel", StringComparison.Ordinal) => 0.6,
                _ => 1.0,
            };
            var weights = GoldenFormula.Uniform($"gradients/{name}/{tensor.Name}", tensor.Values.Length, stretch * bound);
            for (var i = 0; i < weights.Length; i++)
                tensor.Values[i] = weights[i];
        }

        return network;
    }

    private static ModelUnderTest CreateModel(string name, ReferenceNetwork reference)
    {
        var model = GradientModels.All.Create(name);
        Assert.Equal(reference.Tensors.Select(tensor => tensor.Name), model.Layout.Tensors.Select(tensor => tensor.Name));
        foreach (var tensor in reference.Tensors)
            model[tensor.Name] = Array.ConvertAll(tensor.Values, value => (float)value);

        return model;
    }

    /// <summary>A batch with targets, and its loss as a function of the reference's weights.</summary>
    private sealed record Problem(ReferenceLoss Loss, float[] Inputs, float[] Targets)
    {
        /// <summary>Half the distance of the two evaluations: rounding and curvature then both cost about 1e-10.</summary>
        private const double H = 1e-5;

        /// <summary>Targets of regressions reach beyond the outputs, so that Huber's loss is on both of its sides.</summary>
        private const float TargetScale = 2;

        public static Problem Create(string name, ReferenceLoss loss, ReferenceNetwork reference)
        {
            var key = $"gradients/{name}";
            var inputs = GoldenFormula.Inputs(key, Rows * TimeSteps * reference.InputSize);
            var outputs = reference.Predict(inputs, TimeSteps).Length;
            var targets = GoldenFormula.Targets(key, loss, outputs / reference.OutputSize, reference.OutputSize);
            if (loss is ReferenceLoss.MeanSquaredError or ReferenceLoss.MeanAbsoluteError or ReferenceLoss.Huber)
                targets = Array.ConvertAll(targets, target => TargetScale * target);

            return new Problem(loss, inputs, targets);
        }

        public double LossOf(ReferenceNetwork network, BranchTrace? branches) => ReferenceLosses.Compute(
            Loss, network.Predict(Inputs, TimeSteps, branches), Targets, network.OutputSize, branches);

        /// <summary>The slope along every element of a tensor; NaN where a kink lies between the two evaluations.</summary>
        public double[] CentralDifferences(ReferenceNetwork network, ReferenceTensor tensor)
        {
            var slopes = new double[tensor.Values.Length];
            for (var i = 0; i < slopes.Length; i++)
            {
                var value = tensor.Values[i];
                var (above, below) = (new BranchTrace(), new BranchTrace());
                tensor.Values[i] = value + H;
                var rise = LossOf(network, above);
                tensor.Values[i] = value - H;
                rise -= LossOf(network, below);
                tensor.Values[i] = value;
                slopes[i] = above.Hash == below.Hash ? rise / (2 * H) : double.NaN;
            }

            return slopes;
        }
    }
}
