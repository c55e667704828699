using System.Buffers.Binary;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NanoRnn.Generators.Tests.Infrastructure;

/// <summary>A file of weights among a project's additional files. Nobody may read it as text.</summary>
internal sealed class WeightsText(string path) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => throw new NotSupportedException("Weights are not text.");

    /// <summary>A file on disk with floats, and the additional file that names it.</summary>
    public static WeightsText Write(string path, params (string Name, int[] Shape, float[] Values)[] tensors)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Bytes(tensors));
        return new WeightsText(path);
    }

    public static byte[] Bytes(params (string Name, int[] Shape, float[] Values)[] tensors)
    {
        var end = 0;
        var entries = tensors.Select(tensor =>
            $"\"{tensor.Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', tensor.Shape)}],\"data_offsets\":[{end},{end += 4 * tensor.Values.Length}]}}");
        var header = Encoding.UTF8.GetBytes("{" + string.Join(',', entries) + "}");
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. tensors.SelectMany(tensor => tensor.Values).SelectMany(BitConverter.GetBytes)];
    }
}
