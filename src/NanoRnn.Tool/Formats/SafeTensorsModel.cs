using System.Buffers.Binary;
using NanoRnn.CompilerServices;
using NanoRnn.Storage;
using NanoRnn.Tool.Graphs;

namespace NanoRnn.Tool.Formats;

/// <summary>Reads safetensors files, of PyTorch, Keras or NanoRnn.</summary>
internal static class SafeTensorsModel
{
    /// <summary>The ends of Keras's names, in the order in which layers have them.</summary>
    private static readonly string[] KerasNames = ["kernel", "recurrent_kernel", "bias", "gamma", "beta", "embeddings", "alpha"];

    private static readonly string[] Directions = [".forward", ".backward"];

    public static ModelFile Read(byte[] file)
    {
        SafeTensorsHeader header;
        int start;
        try
        {
            header = SafeTensorsReader.Read(file, "safetensors", out start);
        }
        catch (ModelFileException exception)
        {
            throw new ToolException(exception.Message, exception);
        }

        var tensors = header.Tensors.ConvertAll(entry => new FileTensor(
            entry.Name, Elements.NameOf(entry.Type), Read(entry, file.AsSpan(start + (int)entry.Begin, (int)(entry.End - entry.Begin))), entry.End - entry.Begin));
        return new ModelFile("safetensors", null, tensors, [.. header.Metadata]);
    }

    /// <summary>The tensors under the layers of a line: those of Keras and NanoRnn by the names of layers, those of PyTorch by modules.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="list">The layers.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    public static OperatorGraph Build(IReadOnlyList<FileTensor> tensors, LayerList list, long fileLength)
    {
        if (!tensors.All(tensor => Array.Exists(KerasNames, name => tensor.Name.EndsWith("." + name, StringComparison.Ordinal))))
            return TorchModel.Build(tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value, StringComparer.Ordinal), list, fileLength);
        return KerasGraph.Build(list, KerasWeights.Of(tensors.GroupBy(tensor => LayerOf(tensor.Name), StringComparer.Ordinal).Select(layer => (layer.Key, Ordered(layer, layer.Key)))), fileLength);

        static string LayerOf(string name)
        {
            var layer = name[..name.LastIndexOf('.')];
            return Array.Find(Directions, direction => layer.EndsWith(direction, StringComparison.Ordinal)) is { } half ? layer[..^half.Length] : layer;
        }

        static FileTensor[] Ordered(IEnumerable<FileTensor> weights, string layer) =>
        [
            .. weights.OrderBy(weight => weight.Name.StartsWith(layer + Directions[1] + ".", StringComparison.Ordinal))
                .ThenBy(weight => Array.IndexOf(KerasNames, weight.Name[(weight.Name.LastIndexOf('.') + 1)..])).Select(weight => weight with { Name = weight.Name[(layer.Length + 1)..] }),
        ];
    }

    private static Tensor Read(SafeTensorsEntry entry, ReadOnlySpan<byte> bytes)
    {
        var shape = Array.ConvertAll(entry.Shape, dimension => (int)Math.Min(dimension, int.MaxValue));
        var size = Elements.SizeOf(entry.Type);
        var values = new double[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
            values[i] = ReadElement(Elements.NameOf(entry.Type), bytes.Slice(i * size, size));
        return new Tensor(shape, values, Elements.NameOf(entry.Type) is not ("F64" or "F32" or "F16" or "BF16"));
    }

    private static double ReadElement(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "F64" => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        "F32" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        "F16" => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        "BF16" => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        "I64" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        "U64" => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        "I32" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "U32" => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        "I16" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "U16" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "I8" => (sbyte)bytes[0],
        "U8" or "BOOL" => bytes[0],
        _ => throw new ToolException($"expected numbers, found tensors of {type}."),
    };
}
