using NanoRnn.Tests.Golden;
using NanoRnn.Reference;
using Xunit.Abstractions;

namespace NanoRnn.Tests.Gradients;

/// <summary>
/// The gradients that the compiler derives, against central differences of the double-precision reference.
/// </summary>
public class GradientTests(ITestOutputHelper log)
{
    private const int Rows = 3;
    private const int TimeSteps = 4;

    /// <summary>Some of these models amplify rounding; the tolerance that is promised, 1e-6, is tested on the golden cases.</summary>
    private const double OutputTolerance = 1e-5;

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

            // Fused with the sigmoid in the first two.
            foreach (var name in (string[])["SigmoidHeads", "SigmoidHead", "SigmoidCell", "HardSigmoidHead", "SoftmaxHead"])
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
    public void GradientsAreThoseOfTheReference(string name, ReferenceLoss loss) => CheckGradients(name, loss, TimeSteps);

    /// <summary>All that recurrent kernels multiply are the zeros before the first step.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsOfOneStepAreThoseOfTheReference(string name) => CheckGradients(name, ReferenceLoss.MeanSquaredError, 1);

    private void CheckGradients(string name, ReferenceLoss loss, int timeSteps)
    {
        var reference = CreateReference(name);
        var model = CreateModel(name, reference);
        var (inputs, problem) = CreateProblem(name, loss, reference, timeSteps);

        var trainBatch = model.CreateTrainer(loss, Optimizer.Sgd(GradientAssert.LearningRate), Rows + 1, timeSteps);

        GradientAssert.Step(reference, problem, trainBatch(inputs, problem.Targets), tensor => model[tensor], log);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OutputsAreThoseOfTheReference(string name)
    {
        var reference = CreateReference(name);
        var model = CreateModel(name, reference);
        var inputs = CreateInputs(name, reference, TimeSteps);

        var expected = reference.Predict(inputs, TimeSteps);
        var actual = model.PredictEach(inputs, TimeSteps);

        Assert.Equal(expected.Length, actual.Length);
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], OutputTolerance * scale);
    }

    public static TheoryData<string> Names => [.. GradientModels.All];

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
            var weights = GoldenFormula.Uniform($"{KeyOf(name)}/{tensor.Name}", tensor.Values.Length, stretch * bound);
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

    private static float[] CreateInputs(string name, ReferenceNetwork reference, int timeSteps) =>
        GoldenFormula.Inputs(KeyOf(name), Rows * timeSteps * reference.InputSize);

    private static (float[] Inputs, ReferenceProblem Problem) CreateProblem(
        string name, ReferenceLoss loss, ReferenceNetwork reference, int timeSteps)
    {
        var inputs = CreateInputs(name, reference, timeSteps);
        var targets = CreateTargets(KeyOf(name), loss, Rows * reference.OutputSteps(timeSteps), reference.OutputSize);
        return (inputs, new ReferenceProblem(loss, ReferenceBatch.Of(inputs, timeSteps), targets));
    }

    private static string KeyOf(string name) => $"gradients/{name}";

    /// <summary>Targets of regressions reach beyond the outputs, so that Huber's loss is on both of its sides.</summary>
    private static float[] CreateTargets(string key, ReferenceLoss loss, int positions, int features)
    {
        const float Scale = 2;
        var targets = GoldenFormula.Targets(key, loss, positions, features);
        return loss is ReferenceLoss.MeanSquaredError or ReferenceLoss.MeanAbsoluteError or ReferenceLoss.Huber
            ? Array.ConvertAll(targets, target => Scale * target)
            : targets;
    }
}
