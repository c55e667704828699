using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NanoRnn.Tests.Shared;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Tests.Infrastructure;
using NanoRnn.Tool.Writing;

namespace NanoRnn.Tool.Tests;

/// <summary>Random graphs of operators that can be imported, beside ONNX Runtime: whatever is not refused has its outputs.</summary>
public sealed class RandomGraphTests
{
    private static int Count => SlowTests.All ? 1000 : SlowTests.Run ? 100 : 12;

    [Fact]
    public void ImportsGiveWhatOnnxRuntimeGives()
    {
        var imported = 0;
        for (var seed = 1; seed <= Count; seed++)
        {
            var graph = new RandomGraph(seed);
            var file = graph.Write();
            ImportedFiles files;
            try
            {
                files = ModelImporter.Import(OnnxReader.Read(file).Graph!, "Imported", null, "A test.", []);
            }
            catch (UnsupportedModelException)
            {
                continue;
            }

            imported++;
            using var model = new CompiledModel(files);
            var steps = graph.FewestSteps + seed % 9;
            float[] inputs = [.. Enumerable.Range(0, steps * RandomGraph.Features).Select(i => MathF.Sin(i * 0.7f + seed))];
            using var session = new InferenceSession(file);
            using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(inputs, [1, steps, RandomGraph.Features]))]);
            double[] expected = [.. results[0].AsTensor<float>().Select(value => (double)value)];
            var error = CompiledModel.Distance(expected, model.Predict(inputs, expected.Length));
            Assert.True(error <= 1e-5 * Math.Max(1, expected.Max(Math.Abs)), $"seed {seed}: {error}\n{files.Text}");
        }

        Assert.InRange(imported, Count * 3 / 4, Count);
    }
}
