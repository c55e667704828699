using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NanoRnn.Deployed.Tests;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Tests.Infrastructure;
using NanoRnn.Tool.Writing;

namespace NanoRnn.Tool.Tests;

/// <summary>Files as exporters write them: imported, compiled, run, and compared with their references.</summary>
public sealed class DeployedModelTests
{
    private const double Tolerance = 2e-6;

    /// <summary>Of the mask of DTLN, whose sums are longer than others'.</summary>
    private const double MaskTolerance = 2.4e-6;

    [ModelsFact]
    public void ExportedOnnxFilesGiveWhatOnnxRuntimeGives()
    {
        foreach (var (file, steps) in new[] { ("gru2", 9), ("lstm2bi", 5), ("lstm2bi_dyn", 13), ("rnnrelu", 6) })
        {
            var path = ModelsFactAttribute.PathOf("exported", file + ".onnx");
            using var model = new CompiledModel(Import(path));
            var inputs = Numbers(steps * 3);
            using var session = new InferenceSession(path);
            using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(inputs, [1, steps, 3]))]);
            var expected = results[0].AsTensor<float>().Select(value => (double)value).ToArray();
            Assert.InRange(CompiledModel.Distance(expected, model.Predict(inputs, expected.Length)), 0, Tolerance);
            Assert.InRange(model.CheckError(), 0, Tolerance);
        }
    }

    [ModelsFact]
    public void StatesInAndOutAreThoseOfASession()
    {
        foreach (var (path, features) in new[] { (ModelsFactAttribute.PathOf("exported", "lstm_state.onnx"), 3), (ModelsFactAttribute.PathOf("dtln", "model_2.onnx"), 512) })
        {
            const int Steps = 20;
            using var model = new CompiledModel(Import(path));
            using var session = new InferenceSession(path);
            var names = session.InputMetadata.Keys.ToArray();
            var states = names[1..].Select(name => new DenseTensor<float>(session.InputMetadata[name].Dimensions)).ToArray();
            var (inputs, expected) = (Numbers(Steps * features), new List<double>());
            for (var step = 0; step < Steps; step++)
            {
                var input = new DenseTensor<float>(inputs.AsMemory(step * features, features), [1, 1, features]);
                using var results = session.Run([NamedOnnxValue.CreateFromTensor(names[0], input), .. names[1..].Select((name, i) => NamedOnnxValue.CreateFromTensor(name, states[i]))]);
                expected.AddRange(results[0].AsTensor<float>().Select(value => (double)value));
                states = [.. results.Skip(1).Select(result => result.AsTensor<float>().ToDenseTensor())];
            }

            Assert.InRange(CompiledModel.Distance([.. expected], model.Predict(inputs, expected.Count)), 0, Tolerance);
        }
    }

    [ModelsFact]
    public void MaskOfDtlnIsThatOfDoublePrecisionFromBothFormats()
    {
        var expected = SafeTensorsModel.Read(File.ReadAllBytes(ModelsFactAttribute.PathOf("dtln", "expected_part1.safetensors"))).Tensors
            .ToDictionary(tensor => tensor.Name, tensor => tensor.Value.Values, StringComparer.Ordinal);
        var magnitudes = Array.ConvertAll(expected["magnitudes"], value => (float)value);
        foreach (var files in new[]
        {
            Import(ModelsFactAttribute.PathOf("dtln", "model_1.onnx")),
            Import(ModelsFactAttribute.PathOf("dtln", "model.h5"), "lstm 128 from:lstm, lstm 128 sequences from:lstm_1, dense 257 sigmoid from:dense"),
        })
        {
            using var model = new CompiledModel(files);
            Assert.InRange(CompiledModel.Distance(expected["mask"], model.Predict(magnitudes, expected["mask"].Length)), 0, MaskTolerance);
        }
    }

    /// <summary>The part that makes samples of features, whose weights the HDF5 file has beside the other part's.</summary>
    [ModelsFact]
    public void FilterOfDtlnIsTheSameFromBothFormats()
    {
        const string layers = "conv1d 256 1 no_bias from:conv1d, layer_norm epsilon:1e-7 from:layer_normalization, lstm 128 from:lstm_2, lstm 128 sequences from:lstm_3, " +
            "dense 256 sigmoid from:dense_1, multiply conv1d dense_1 name:estimated, conv1d 512 1 no_bias from:conv1d_1";
        var onnx = Import(ModelsFactAttribute.PathOf("dtln", "model_2.onnx"));
        using var expected = new CompiledModel(onnx);
        using var model = new CompiledModel(Import(ModelsFactAttribute.PathOf("dtln", "model.h5"), layers));
        var inputs = Numbers(30 * 512);
        Assert.InRange(CompiledModel.Distance(Array.ConvertAll(expected.Predict(inputs, inputs.Length), value => (double)value), model.Predict(inputs, inputs.Length)), 0, Tolerance);
        Assert.InRange(model.CheckError(), 0, Tolerance);
    }

    /// <summary>A graph of layers with Keras's names, said in a line.</summary>
    [ModelsFact]
    public void RnNoiseGivesItsReference()
    {
        const string layers = "dense 24 tanh from:input_dense, gru 24 relu reset_before from:vad_gru, dense 1 sigmoid from:vad_output, concatenate input_dense vad_gru input name:noise_input, " +
            "gru 48 relu reset_before from:noise_gru, concatenate vad_gru noise_gru input name:denoise_input, gru 96 relu reset_before sequences from:denoise_gru, " +
            "dense 22 sigmoid from:denoise_output, output denoise_output vad_output";
        using var model = new CompiledModel(Import(ModelsFactAttribute.PathOf("rnnoise", "rnnoise-0.1.safetensors"), layers));
        var expected = SafeTensorsModel.Read(File.ReadAllBytes(ModelsFactAttribute.PathOf("rnnoise", "expected.safetensors"))).Tensors
            .ToDictionary(tensor => tensor.Name, tensor => tensor.Value.Values, StringComparer.Ordinal);
        double[] outputs = [.. expected["vad"].SelectMany((speech, frame) => expected["gains"].AsSpan(frame * 22, 22).ToArray().Append(speech))];
        Assert.InRange(CompiledModel.Distance(outputs, model.Predict(Array.ConvertAll(expected["features"], value => (float)value), outputs.Length)), 0, Tolerance);
    }

    [ModelsFact]
    public void NodeTestsOfOnnxGiveTheirOutputs()
    {
        var imported = 0;
        foreach (var folder in Directory.GetDirectories(ModelsFactAttribute.PathOf("onnx-node")))
        {
            var data = Path.Combine(folder, "test_data_set_0");
            var graph = OnnxReader.Read(File.ReadAllBytes(Path.Combine(folder, "model.onnx"))).Graph!;
            var (layout, outputs) = (graph.Nodes[0].Integer("layout", 0), graph.Outputs.ToArray());
            NodeTestFile.FillInputs(graph, data);
            using var model = new CompiledModel(ModelImporter.Import(graph, "Imported", null, "", []));
            var (input, first) = (NodeTestFile.Read(Path.Combine(data, "input_0.pb")), NodeTestFile.Read(Path.Combine(data, "output_0.pb")));
            var (batch, steps, features) = (input.Shape[1 - layout], input.Shape[layout], input.Shape[2]);
            for (var sample = 0; sample < batch; sample++)
            {
                // Sequences lie side by side, step by step, unless the batch is first.
                float[] sequence = [.. Enumerable.Range(0, steps * features).Select(i => (float)input.Values[layout == 1 ? sample * steps * features + i : (i / features * batch + sample) * features + i % features])];
                var units = first.Shape[^1];
                var rows = Enumerable.Range(0, first.Count / units).Where(row => (layout == 1 ? row / (first.Count / units / batch) : row % batch) == sample);
                double[] expected = [.. rows.SelectMany(row => first.Values.AsSpan(row * units, units).ToArray())];
                Assert.InRange(CompiledModel.Distance(expected, model.Predict(sequence, expected.Length)), 0, 1e-6);
            }

            imported++;
        }

        Assert.Equal(18, imported);
    }

    [ModelsFact]
    public void KerasZipGivesItsCheck()
    {
        // Its configuration is shorter than its weights, which is refused; a line says all layers.
        var path = ModelsFactAttribute.PathOf("exported", "mimic.keras");
        Assert.Contains("layers/dense/vars/0 [50, 1]", Assert.Throws<ToolException>(() => ModelFiles.Read(path)).Message, StringComparison.Ordinal);
        using var model = new CompiledModel(Import(path, "lstm 50 from:lstm, dense 1 from:dense"));
        Assert.InRange(model.CheckError(), 0, Tolerance);
    }

    [ModelsFact]
    public void AnAmplifierStartsInItsLearnedState()
    {
        var files = Import(ModelsFactAttribute.PathOf("nam", "lstm.nam"));
        using var model = new CompiledModel(files);
        Assert.Contains("TrainableInitialState = true", files.Text, StringComparison.Ordinal);
        Assert.InRange(model.CheckError(), 0, 1e-6);
    }

    [ModelsFact]
    public void WhatHasNoLayerIsRefusedByNode()
    {
        Assert.Contains("input 'input' [?, ?]: expected batch, time steps and a fixed number of features", Refusal("silero", "silero_vad_16k_op15.onnx"), StringComparison.Ordinal);

        static string Refusal(params string[] names) => Assert.Throws<UnsupportedModelException>(() => Import(ModelsFactAttribute.PathOf(names))).Message;
    }

    private static ImportedFiles Import(string path, string? layers = null) => ModelImporter.Import(ModelFiles.Read(path, layers).Graph!, "Imported", null, "A test.", []);

    private static float[] Numbers(int count)
    {
        var random = new RandomGenerator(seed: 1);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = random.NextUniform(-1, 1);
        return numbers;
    }
}
