using System.Text.Json;
using NanoRnn.Tests.Golden;

namespace NanoRnn.Tests.Reference;

/// <summary>The double-precision reference against PyTorch: what the other tests lean on must itself stand.</summary>
public class ReferenceTests
{
    /// <summary>Golden files keep nine significant digits: half a unit of the last is at most 5e-9 of a number.</summary>
    private const double Tolerance = 6e-9;

    /// <summary>Below it, an activation's value only needs to be right in absolute terms.</summary>
    private const double SmallestValue = 1e-6;

    public static TheoryData<string> Cases => [.. GoldenModels.All];

    public static TheoryData<Activation> ElementwiseActivations =>
        [.. Enum.GetValues<Activation>().Distinct().Where(activation => activation != Activation.Softmax)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputsAndLossAreThoseOfPyTorch(string name)
    {
        var golden = GoldenCase.All[name];
        var network = new ReferenceNetwork(GoldenModels.All.TypeOf(name));
        Assert.Equal(
            golden.Tensors.Select(tensor => $"{tensor.Name} {string.Join('×', tensor.Shape)}"),
            network.Tensors.Select(tensor => $"{tensor.Name} {string.Join('×', tensor.Shape)}"));
        foreach (var tensor in network.Tensors)
            golden.CreateWeights(tensor.Name, tensor.Shape).Select(w => (double)w).ToArray().CopyTo(tensor.Values, 0);

        var outputs = network.Predict(golden.CreateInputs(), golden.TimeSteps);

        Assert.Equal(golden.Outputs.Length, outputs.Length);
        var scale = golden.Outputs.Max(Math.Abs);
        foreach (var (expected, actual) in golden.Outputs.Zip(outputs))
            Assert.Equal(expected, actual, Tolerance * scale);

        var loss = ReferenceLosses.Compute(
            golden.Loss, outputs, golden.CreateTargets(network.OutputSize), network.OutputSize);
        Assert.Equal(golden.Sgd.Losses[0], loss, Tolerance * golden.Sgd.Losses[0]);
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

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
