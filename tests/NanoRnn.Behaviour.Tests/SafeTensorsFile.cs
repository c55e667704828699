using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace NanoRnn.Behaviour.Tests;

/// <summary>One tensor of a file, with its bytes.</summary>
internal sealed record StoredTensor(string Name, string Type, long[] Shape, byte[] Data);

/// <summary>Takes safetensors files apart and puts them together again, right or wrong; knows nothing of the library's own code.</summary>
internal static class SafeTensorsFile
{
    public static List<StoredTensor> Parse(byte[] file)
    {
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        var header = JsonNode.Parse(file.AsSpan(8, headerLength))!.AsObject();
        var tensors = new List<StoredTensor>();
        foreach (var (name, entry) in header)
        {
            if (name == "__metadata__")
                continue;
            var offsets = entry!["data_offsets"]!.AsArray();
            var data = file.AsSpan(8 + headerLength)[(int)offsets[0]!..(int)offsets[1]!];
            tensors.Add(new StoredTensor(
                name, (string)entry["dtype"]!, [.. entry["shape"]!.AsArray().Select(size => (long)size!)], data.ToArray()));
        }

        return tensors;
    }

    public static byte[] Build(IEnumerable<StoredTensor> tensors)
    {
        var header = new StringBuilder("{");
        var data = new List<byte>();
        foreach (var tensor in tensors)
        {
            header.Append(header.Length == 1 ? "" : ",");
            header.Append(
                $$"""
                "{{tensor.Name}}":{"dtype":"{{tensor.Type}}","shape":[{{string.Join(',', tensor.Shape)}}],"data_offsets":[{{data.Count}},{{data.Count + tensor.Data.Length}}]}
                """);
            data.AddRange(tensor.Data);
        }

        return Assemble(Encoding.UTF8.GetBytes(header.Append('}').ToString()), [.. data]);
    }

    public static byte[] Assemble(byte[] header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return [.. length, .. header, .. data];
    }
}
