using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using NanoRnn.CompilerServices;

namespace NanoRnn.Storage;

/// <summary>Writes a model as a safetensors file: the same weights always give the same bytes.</summary>
internal static class SafeTensorsWriter
{
    private const int HeaderAlignment = 8;

    /// <summary>The bytes of the file.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="weights">Its packed weights.</param>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite; such a file could not be loaded.</exception>
    public static byte[] Write(ModelLayout layout, ReadOnlySpan<float> weights)
    {
        var header = WriteHeader(layout, out var dataLength);
        var headerLength = (header.Length + HeaderAlignment - 1) / HeaderAlignment * HeaderAlignment;
        var file = new byte[checked(SafeTensorsReader.PrefixLength + headerLength + dataLength)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)headerLength);
        var padded = file.AsSpan(SafeTensorsReader.PrefixLength, headerLength);
        header.CopyTo(padded);
        padded[header.Length..].Fill((byte)' ');
        var data = file.AsSpan(SafeTensorsReader.PrefixLength + headerLength);
        foreach (var tensor in layout.Tensors)
            data = WriteTensor(tensor, weights, data);
        return file;
    }

    private static ReadOnlySpan<byte> WriteHeader(ModelLayout layout, out int dataLength)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartObject("__metadata__");
        writer.WriteString("format", "nanornn");
        writer.WriteString("model", layout.ModelName);
        writer.WriteEndObject();
        dataLength = 0;
        foreach (var tensor in layout.Tensors)
        {
            var end = checked(dataLength + tensor.Rows * tensor.Columns * sizeof(float));
            writer.WriteStartObject(tensor.Name);
            writer.WriteString("dtype", "F32");
            writer.WriteStartArray("shape");
            foreach (var dimension in tensor.Shape)
                writer.WriteNumberValue(dimension);
            writer.WriteEndArray();
            writer.WriteStartArray("data_offsets");
            writer.WriteNumberValue(dataLength);
            writer.WriteNumberValue(end);
            writer.WriteEndArray();
            writer.WriteEndObject();
            dataLength = end;
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }

    private static Span<byte> WriteTensor(TensorLayout tensor, ReadOnlySpan<float> weights, Span<byte> data)
    {
        for (var row = 0; row < tensor.Rows; row++)
        {
            for (var column = 0; column < tensor.Columns; column++)
            {
                var weight = weights[tensor.IndexOf(row, column)];
                if (!float.IsFinite(weight))
                {
                    throw new InvalidOperationException(FormattableString.Invariant(
                        $"Tensor '{tensor.Name}' has the value {weight} at row {row}, column {column}; the model was not saved."));
                }

                BinaryPrimitives.WriteSingleLittleEndian(data, weight);
                data = data[sizeof(float)..];
            }
        }

        return data;
    }
}
