using System.Text.Json;
using NanoRnn.Reference;
using NanoRnn.Tests.Golden;

namespace NanoRnn.Tests.Reference;

/// <summary>The double-precision reference against PyTorch: what the other tests lean on must itself stand.</summary>
public class ReferenceTests
{
    /// <summary>Golden files keep nine significant digits: half a unit of the last is at most 5e-9 of a number.</summary>
    private const double Tolerance = 6e-9;

    /// <summary>Below it, an activation's value only needs to be right in absolute terms.</summary>
    private const double SmallestValue = 1e-6;

    /// <summary>Networks with more weights take too long to differentiate weight by weight.</summary>
    private const int MostTrained = 350;

    public static TheoryData<string> Cases => [.. GoldenCase.All.Keys];

    public static TheoryData<string> SmallCases =>
        [.. GoldenCase.All.Values.Where(golden => golden.Tensors.Sum(CountOf) <= MostTrained).Select(golden => golden.Name)];

    public static TheoryData<Activation> ElementwiseActivations =>
        [.. Enum.GetValues<Activation>().Distinct().Where(activation => activation != Activation.Softmax)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputsAndLossAreThoseOfPyTorch(string name)
    {
        var golden = GoldenCase.All[name];
        var network = golden.CreateReference();
        Assert.Equal(
            golden.Tensors.Select(tensor => $"{tensor.Name} {string.Join('×', tensor.Shape)}"),
            network.Tensors.Select(tensor => $"{tensor.Name} {string.Join('×', tensor.Shape)}"));

        var outputs = network.Predict(golden.CreateBatch());

        Assert.Equal(golden.Outputs.Length, outputs.Values.Length);
        var scale = golden.Outputs.Max(Math.Abs);
        for (var i = 0; i < golden.Outputs.Length; i++)
            if (outputs.Valid[i / network.OutputSize])
                Assert.Equal(golden.Outputs[i], outputs.Values[i], Tolerance * scale);
            else
                Assert.Equal(0, golden.Outputs[i]);

        var loss = new ReferenceProblem(golden.Loss, golden.CreateBatch(), golden.CreateTargets(network.OutputSize)).LossOf(network);
        Assert.Equal(golden.Sgd.Losses[0], loss, Tolerance * golden.Sgd.Losses[0]);
    }

    /// <summary>Differences of losses as gradients, taken down hill: that they may stand for gradients in other tests.</summary>
    [Theory]
    [MemberData(nameof(SmallCases))]
    public void ThreeStepsOfSgdAreThoseOfPyTorch(string name)
    {
        const double LearningRate = 0.05, WeightTolerance = 1e-8;
        var golden = GoldenCase.All[name];
        var network = golden.CreateReference();
        var problem = new ReferenceProblem(golden.Loss, golden.CreateBatch(), golden.CreateTargets(network.OutputSize));
        for (var step = 0; step < golden.Sgd.Steps; step++)
        {
            Assert.Equal(golden.Sgd.Losses[step], problem.LossOf(network), Tolerance);
            ReferenceTensor[] trained = [.. network.Tensors.Where(tensor => tensor.IsTrainable)];
            var gradients = trained.Select(tensor => problem.CentralDifferences(network, tensor)).ToArray();
            network.MoveStatistics(problem.Batch);
            foreach (var (tensor, gradient) in trained.Zip(gradients))
                for (var i = 0; i < gradient.Length; i++)
                    tensor.Values[i] -= LearningRate * gradient[i];
        }

        Assert.Equal(golden.Sgd.Losses[^1], problem.LossOf(network), Tolerance);
        foreach (var (expected, actual) in golden.Sgd.Tensors.Zip(network.Tensors))
            foreach (var (element, index) in expected.Elements.Zip(GoldenFormula.SampleIndices(actual.Values.Length)))
                Assert.Equal(element, actual.Values[index], WeightTolerance);
    }

    [Theory]
    [MemberData(nameof(ElementwiseActivations))]
    public void ActivationsAreThoseOfPyTorch(Activation activation)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(GoldenCase.Folder, "activations.json")));
        var points = Numbers(file.RootElement.GetProperty("x"));
        var functions = file.RootElement.GetProperty(activation.ToString());
        var values = Numbers(functions.GetProperty("values"));
        var slopes = Numbers(functions.GetProperty("slopes"));
        for (var i = 0; i < points.Length; i++)
        {
            var x = points[i];
            var value = ReferenceActivations.Apply(activation, x);
            Assert.Equal(values[i], value, Tolerance * Math.Max(SmallestValue, Math.Abs(values[i])));

            // PyTorch's exact slope against the reference's central difference, whose own error is some h².
            const double H = 1e-5;
            var rise = ReferenceActivations.Apply(activation, x + H) - ReferenceActivations.Apply(activation, x - H);
            Assert.Equal(slopes[i], rise / (2 * H), 1e-8 * Math.Max(1, Math.Abs(slopes[i])));
        }
    }

    private static int CountOf((string Name, int[] Shape) tensor) => GoldenFormula.CountOf(tensor.Shape);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
