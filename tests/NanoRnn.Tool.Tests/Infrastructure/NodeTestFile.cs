using NanoRnn.Onnx.Messages;
using NanoRnn.Tool.Formats;
using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Tests.Infrastructure;

/// <summary>The data of ONNX's tests of single operators.</summary>
internal static class NodeTestFile
{
    /// <summary>Makes constants of all inputs but the first: weights, lengths and states of zeros.</summary>
    public static void FillInputs(OperatorGraph graph, string folder)
    {
        for (var i = graph.Inputs.Count - 1; i > 0; i--)
        {
            graph.AddConstant(graph.Inputs[i].Name, Read(Path.Combine(folder, $"input_{i}.pb")));
            graph.Inputs.RemoveAt(i);
        }
    }

    public static Tensor Read(string path) => OnnxTensors.Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)));
}
