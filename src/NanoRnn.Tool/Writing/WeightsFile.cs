using System.Buffers.Binary;
using System.Text.Json;

namespace NanoRnn.Tool.Writing;

/// <summary>Writes tensors as safetensors.</summary>
internal static class WeightsFile
{
    private const int Alignment = 8;

    /// <summary>The bytes of a file.</summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="type">F32, F16, BF16 or F64.</param>
    /// <param name="metadata">What else it says.</param>
    /// <exception cref="ToolException">A number is not finite in this type.</exception>
    public static byte[] Write(IReadOnlyList<ImportedTensor> tensors, string type, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var size = type switch { "F32" => 4, "F64" => 8, _ => 2 };
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            var start = 0L;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", type);
                WriteArray(json, "shape", Array.ConvertAll(tensor.Shape, dimension => (long)dimension));
                var end = start + (long)tensor.Values.Length * size;
                WriteArray(json, "data_offsets", start, end);
                json.WriteEndObject();
                start = end;
            }

            json.WriteEndObject();
        }

        while (header.Length % Alignment != 0)
            header.WriteByte((byte)' ');
        using var file = new MemoryStream();
        Span<byte> buffer = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, header.Length);
        file.Write(buffer);
        header.WriteTo(file);
        foreach (var tensor in tensors)
            foreach (var value in tensor.Values)
            {
                WriteElement(buffer, value, type, tensor.Name);
                file.Write(buffer[..size]);
            }

        return file.ToArray();
    }

    private static void WriteElement(Span<byte> target, double value, string type, string tensor)
    {
        var bits = BitConverter.SingleToUInt32Bits((float)value);
        switch (type)
        {
            case "F64":
                BinaryPrimitives.WriteDoubleLittleEndian(target, value);
                break;
            case "F16":
                BinaryPrimitives.WriteHalfLittleEndian(target, (Half)value);
                break;
            case "BF16":
                // To the nearest, ties to even.
                BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)((bits + 0x7fff + (bits >> 16 & 1)) >> 16));
                break;
            default:
                BinaryPrimitives.WriteSingleLittleEndian(target, (float)value);
                break;
        }

        if (!double.IsFinite(value) || type == "F16" && !Half.IsFinite((Half)value) || type != "F64" && !float.IsFinite((float)value))
            throw new ToolException($"tensor '{tensor}': expected numbers that are finite as {type}, found {value}.");
    }

    private static void WriteArray(Utf8JsonWriter json, string name, params ReadOnlySpan<long> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }
}
