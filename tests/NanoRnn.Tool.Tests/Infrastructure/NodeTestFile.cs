using NanoRnn.Onnx.Messages;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Tests.Infrastructure;

/// <summary>The data of ONNX's tests of single operators.</summary>
internal static class NodeTestFile
{
    private const int States = 5;

    /// <summary>Makes constants of all inputs but the first: weights, lengths, and states of zeros, for one sequence.</summary>
    public static void FillInputs(OperatorGraph graph, string folder)
    {
        for (var i = graph.Inputs.Count - 1; i > 0; i--)
        {
            var value = Read(Path.Combine(folder, $"input_{i}.pb"));
            if (Array.IndexOf(graph.Nodes[0].Inputs, graph.Inputs[i].Name) is States or States + 1)
            {
                Assert.All(value.Values, state => Assert.Equal(0, state));
                value = new Tensor([value.Shape[0], 1, value.Shape[2]], new double[value.Shape[0] * value.Shape[2]]);
            }

            graph.AddConstant(graph.Inputs[i].Name, value);
            graph.Inputs.RemoveAt(i);
        }
    }

    public static Tensor Read(string path) => OnnxTensors.Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)));
}
