using System.Text;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Tests.Infrastructure;
using NanoRnn.Tool.Writing;

namespace NanoRnn.Tool.Tests;

/// <summary>Formats that have layers, beside formulas that are written out here.</summary>
public sealed class FormatTests
{
    private static readonly float[] Samples = [0.5f, -0.25f, 0.75f, 1, -1, 0.125f];

    [Fact]
    public void GuitarMlIsAnLstmWithTheSampleAddedToItsOutput()
    {
        var expected = Lstm(AudioFiles.Numbers(12, 1), AudioFiles.Numbers(36, 2), [.. AudioFiles.Numbers(12, 3).Zip(AudioFiles.Numbers(12, 4), (a, b) => a + b)])
            .Select((h, step) => h.Zip(AudioFiles.Numbers(3, 5), (a, b) => a * b).Sum() + AudioFiles.Numbers(1, 6)[0] + Samples[step]).ToArray();
        using var model = Compile(AudioFiles.GuitarMl());
        Assert.InRange(CompiledModel.Distance(expected, model.Predict(Samples, expected.Length)), 0, 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void NamIsAnLstmOfInputAndStateTogether(double initial)
    {
        var joined = AudioFiles.Numbers(48, 1).Chunk(4).ToArray();
        var expected = Lstm([.. joined.Select(row => row[0])], [.. joined.SelectMany(row => row[1..])], AudioFiles.Numbers(12, 2), [.. AudioFiles.Numbers(6, 3).Select(value => initial * value)])
            .Select(h => h.Zip(AudioFiles.Numbers(3, 4), (a, b) => a * b).Sum() + AudioFiles.Numbers(1, 5)[0]).ToArray();
        using var model = Compile(AudioFiles.Nam(initial));
        Assert.InRange(CompiledModel.Distance(expected, model.Predict(Samples, expected.Length)), 0, 1e-6);
    }

    [Fact]
    public void RtNeuralHasKerasWeights()
    {
        // update, reset and candidate; two biases; reset after the product.
        var (kernel, recurrent, bias) = (AudioFiles.Numbers(9, 1), AudioFiles.Numbers(27, 2), AudioFiles.Numbers(18, 3));
        var (h, expected) = (new double[3], new List<double>());
        foreach (var x in Samples)
        {
            double[] input = [.. Enumerable.Range(0, 9).Select(i => x * kernel[i] + bias[i])];
            double[] state = [.. Enumerable.Range(0, 9).Select(i => Enumerable.Range(0, 3).Sum(u => h[u] * recurrent[u * 9 + i]) + bias[9 + i])];
            h = [.. Enumerable.Range(0, 3).Select(u => Sigmoid(input[u] + state[u]) is var z ? z * h[u] + (1 - z) * Math.Tanh(input[6 + u] + Sigmoid(input[3 + u] + state[3 + u]) * state[6 + u]) : 0)];
            expected.AddRange(Enumerable.Range(0, 2).Select(o => Math.Tanh(Enumerable.Range(0, 3).Sum(u => h[u] * AudioFiles.Numbers(6, 4)[u * 2 + o]) + AudioFiles.Numbers(2, 5)[o])));
        }

        using var model = Compile(AudioFiles.RtNeural());
        Assert.InRange(CompiledModel.Distance([.. expected], model.Predict(Samples, expected.Count)), 0, 1e-6);
    }

    [Fact]
    public void TensorsOfPyTorchAreMatchedByShape()
    {
        var files = ModelImporter.Import(ModelFiles.Read(TorchFiles.Lstm(), "lstm 2, dense 1").Graph!, "Imported", null, "A test.", []);
        Assert.Contains("[RnnModel(InputSize = 3)]\n[Lstm(2)]\n[Dense(1)]\n", files.Text, StringComparison.Ordinal);
        using var model = new CompiledModel(files);
        Assert.InRange(model.CheckError(), 0, 1e-6);
    }

    [Theory]
    [InlineData("lstm 3, dense 1", "none of the file's fit")]
    [InlineData("lstm 2", "none of the file's fit")]
    [InlineData("lstm two", "layer 'lstm two': expected 1 number behind 'lstm'.")]
    [InlineData("conv 2", "expected one of the layers lstm, gru, rnn, dense")]
    [InlineData("lstm 2 often, dense 1", "found 'often'")]
    public void LinesThatDoNotFitAreRefused(string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<ToolException>(() => ModelFiles.Read(TorchFiles.Lstm(), line)).Message, StringComparison.Ordinal);

    [Fact]
    public void TensorsThatFitInSeveralOrdersAreRefused()
    {
        var file = TorchFiles.Write(("a.weight", [2, 2]), ("a.bias", [2]), ("b.weight", [2, 2]), ("b.bias", [2]));
        Assert.Contains("several orders of the file's fit", Assert.Throws<ToolException>(() => ModelFiles.Read(file, "dense 2, dense 2")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "found an empty file")]
    [InlineData("hello", "expected an ONNX model, found something else")]
    [InlineData("{}", "found none of them")]
    [InlineData("{\"layers\":[]", "expected JSON")]
    [InlineData("PKxx", "expected a zip file")]
    [InlineData("{\"architecture\":\"WaveNet\",\"weights\":[1]}", "architecture 'WaveNet': NanoRnn has no layers for it")]
    public void OtherFilesAreRefused(string text, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<ToolException>(() => ModelFiles.Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    private static CompiledModel Compile(byte[] file) => new(ModelImporter.Import(ModelFiles.Read(file).Graph!, "Imported", null, "A test.", []));

    /// <summary>States of three units for the samples, with PyTorch's rows of input, forget, cell and output gate.</summary>
    /// <param name="kernel">The weights of the input.</param>
    /// <param name="recurrent">Those of the state.</param>
    /// <param name="bias">The biases.</param>
    /// <param name="initial">Hidden and cell state before the first sample; zeros if there are none.</param>
    private static List<double[]> Lstm(double[] kernel, double[] recurrent, double[] bias, double[]? initial = null)
    {
        var (h, c, states) = (initial?[..3] ?? new double[3], initial?[3..] ?? new double[3], new List<double[]>());
        foreach (var x in Samples)
        {
            double[] sums = [.. Enumerable.Range(0, 12).Select(row => x * kernel[row] + Enumerable.Range(0, 3).Sum(u => h[u] * recurrent[row * 3 + u]) + bias[row])];
            c = [.. Enumerable.Range(0, 3).Select(u => Sigmoid(sums[3 + u]) * c[u] + Sigmoid(sums[u]) * Math.Tanh(sums[6 + u]))];
            states.Add(h = [.. Enumerable.Range(0, 3).Select(u => Sigmoid(sums[9 + u]) * Math.Tanh(c[u]))]);
        }

        return states;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
