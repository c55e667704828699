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

    /// <summary>Windows, their normalization and pooling, slopes, and both kinds of attention, beside Keras's formulas.</summary>
    [Theory]
    [InlineData(9)]
    [InlineData(12)]
    public void KerasLayersThatSeeSeveralStepsHaveItsFormulas(int steps)
    {
        var inputs = AudioFiles.Numbers(steps * KerasFiles.Features, 7);
        var windows = (steps + 1) / 2;
        var before = Math.Max(0, (windows - 1) * 2 + 3 - steps) / 2;
        var (normalized, pooled) = (new double[windows, 3], new double[windows, 3]);
        for (var w = 0; w < windows; w++)
            for (var f = 0; f < 3; f++)
            {
                var sum = W("conv1d", 1)[f];
                for (var tap = 0; tap < 3; tap++)
                    for (var c = 0; c < 2; c++)
                        sum += w * 2 + tap - before is var step && step >= 0 && step < steps ? inputs[step * 2 + c] * W("conv1d", 0)[(tap * 2 + c) * 3 + f] : 0;
                normalized[w, f] = (Math.Max(0, sum) - W("batch_normalization", 2)[f]) / Math.Sqrt(W("batch_normalization", 3)[f] + 1e-3) * W("batch_normalization", 0)[f] + W("batch_normalization", 1)[f];
            }

        for (var w = 0; w < windows; w++)
            for (var f = 0; f < 3; f++)
                pooled[w, f] = (w + 1 < windows ? (normalized[w, f] + normalized[w + 1, f]) / 2 : normalized[w, f]) is var mean && mean < 0 ? W("p_re_lu", 0)[f] * mean : mean;
        var additive = Attend((q, k) => Enumerable.Range(0, 3).Sum(f => W("additive_attention", 0)[f] * Math.Tanh(normalized[q, f] + pooled[k, f])));
        var dot = Attend((q, k) => W("attention", 0)[0] * Enumerable.Range(0, 3).Sum(f => additive[q][f] * normalized[k, f]));
        var expected = W("dense", 1)[0] + Enumerable.Range(0, 3).Sum(f => W("dense", 0)[f] * Enumerable.Range(0, windows).Max(w => (additive[w][f] + dot[w][f]) / 2));

        using var model = Compile(KerasFiles.Zip());
        Assert.InRange(CompiledModel.Distance([expected], model.Predict(Array.ConvertAll(inputs, value => (float)value), 1)), 0, 1e-6);

        double[] W(string layer, int variable) => KerasFiles.Numbers(layer, variable);

        double[][] Attend(Func<int, int, double> score) =>
        [
            .. Enumerable.Range(0, windows).Select(q =>
            {
                var weights = Enumerable.Range(0, windows).Select(k => Math.Exp(score(q, k))).ToArray();
                return Enumerable.Range(0, 3).Select(f => weights.Select((weight, k) => weight * pooled[k, f]).Sum() / weights.Sum()).ToArray();
            }),
        ];
    }

    [Theory]
    [InlineData("max_value", "[Lambda(nameof(Imported.Clip))]")]
    [InlineData("negative_slope", "[Lambda(nameof(Imported.LeakyRelu))]")]
    public void OptionsOfKerasReluAreKept(string option, string expected)
    {
        var configuration = KerasFiles.Configuration.Replace("{\"class_name\": \"Dense\"", $"{{\"class_name\": \"ReLU\", \"name\": \"r\", \"config\": {{\"name\": \"r\", \"{option}\": 0.5}}, \"inbound_nodes\": [[[\"all\", 0, 0, {{}}]]]}},\n{{\"class_name\": \"Dense\"", StringComparison.Ordinal)
            .Replace("[[[\"all\", 0, 0, {}]]]}],", "[[[\"r\", 0, 0, {}]]]}],", StringComparison.Ordinal);
        Assert.Contains(expected, ModelImporter.Import(ModelFiles.Read(KerasFiles.Zip(Encoding.UTF8.GetBytes(configuration))).Graph!, "Imported", null, "A test.", []).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void KerasModelsOfSeveralInputsAreRefused()
    {
        var configuration = KerasFiles.Configuration.Replace("{\"class_name\": \"Conv1D\"", "{\"class_name\": \"InputLayer\", \"name\": \"z\", \"config\": {\"name\": \"z\"}, \"inbound_nodes\": []},\n{\"class_name\": \"Conv1D\"", StringComparison.Ordinal);
        Assert.Contains("layer 'z': the model has several inputs", Assert.Throws<UnsupportedModelException>(() => ModelFiles.Read(KerasFiles.Zip(Encoding.UTF8.GetBytes(configuration)))).Message, StringComparison.Ordinal);
    }

    /// <summary>A graph of PyTorch's modules, which have other shapes, and a layer that is named where shapes leave a choice.</summary>
    [Fact]
    public void LinesSayGraphsOfPyTorchModules()
    {
        var file = TorchFiles.Write(("features.weight", [4, 3, 2]), ("features.bias", [4]), ("a.weight", [4, 4]), ("a.bias", [4]), ("b.weight", [4, 4]), ("b.bias", [4]), ("slopes.weight", [4]));
        var files = ModelImporter.Import(
            ModelFiles.Read(file, "conv1d 4 2 causal name:c, dense 4 tanh from:b, dense 4 from:a input:c, add a b, p_relu, global_max_pooling, output p_re_lu").Graph!, "Imported", null, "A test.", []);
        Assert.Contains("[Conv1D(4, 2, Padding = Padding.Causal)]\n[Dense(4)]\n[Dense(4, Activation = Activation.Tanh, Input = \"conv1d\")]\n[Add(\"dense\", \"dense_1\")]\n[PReLU]\n", files.Text, StringComparison.Ordinal);
        using var model = new CompiledModel(files);
        Assert.InRange(model.CheckError(), 0, 1e-6);
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
    [InlineData("lstm 2, add lstm nothing, dense 1", "reads 'nothing'; expected input or a layer before it: lstm")]
    [InlineData("lstm 2 strides:2, dense 1", "found 'strides:2'")]
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
