using NanoRnn.Tool.Writing;

namespace NanoRnn.Tool.Tests.Infrastructure;

/// <summary>Small safetensors files with PyTorch's names.</summary>
internal static class TorchFiles
{
    /// <summary>An LSTM of two units over three features, and a linear layer.</summary>
    public static byte[] Lstm() => Write(
        ("rnn.weight_ih_l0", [8, 3]), ("rnn.weight_hh_l0", [8, 2]), ("rnn.bias_ih_l0", [8]), ("rnn.bias_hh_l0", [8]), ("head.weight", [1, 2]), ("head.bias", [1]));

    /// <summary>Tensors of sines of their places.</summary>
    public static byte[] Write(params (string Name, int[] Shape)[] tensors) => WeightsFile.Write(
        [.. tensors.Select((tensor, i) => new ImportedTensor(tensor.Name, tensor.Shape, AudioFiles.Numbers(tensor.Shape.Aggregate(1, (product, size) => product * size), i)))], "F32", []);
}
