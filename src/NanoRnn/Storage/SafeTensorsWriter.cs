using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
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
    public static byte[] Write(ModelLayout layout, ReadOnlySpan<byte> weights)
    {
        var header = WriteHeader(layout, out var dataLength);
        var headerLength = (header.Length + HeaderAlignment - 1) / HeaderAlignment * HeaderAlignment;
        var file = new byte[checked(SafeTensorsReader.PrefixLength + headerLength + dataLength)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)headerLength);
        Encoding.ASCII.GetBytes(header.PadRight(headerLength), file.AsSpan(SafeTensorsReader.PrefixLength));
        var data = file.AsSpan(SafeTensorsReader.PrefixLength + headerLength);
        foreach (var tensor in layout.Tensors)
        {
            data = WriteTensor(tensor, weights, data);
            if (tensor is Int8TensorLayout integers)
                data = WriteScales(integers, weights, data);
        }

        return file;
    }

    /// <summary>The header, all ASCII.</summary>
    private static string WriteHeader(ModelLayout layout, out int dataLength)
    {
        var header = new StringBuilder();
        header.Append("{\"__metadata__\":{");
        AppendPair(header, ModelDescription.FormatKey, ModelDescription.Format);
        AppendPair(header.Append(','), "model", layout.ModelName);
        if (layout.Description is not null)
            AppendPair(header.Append(','), ModelDescription.Key, layout.Description);
        header.Append('}');
        dataLength = 0;
        foreach (var tensor in layout.Tensors)
        {
            AppendEntry(header, tensor.Name, tensor.ElementType, tensor.Shape, ref dataLength);
            if (tensor is Int8TensorLayout integers)
                AppendEntry(header, integers.ScaleName, ElementType.F32, [tensor.Columns], ref dataLength);
        }

        return header.Append('}').ToString();
    }

    private static void AppendPair(StringBuilder header, string key, string value) => header.Append(Quote(key)).Append(':').Append(Quote(value));

    private static void AppendEntry(StringBuilder header, string name, ElementType type, ImmutableArray<int> shape, ref int dataLength)
    {
        var size = Elements.SizeOf(type);
        foreach (var dimension in shape)
            size = checked(size * dimension);
        var end = checked(dataLength + size);
        header.Append(
            CultureInfo.InvariantCulture,
            $",{Quote(name)}:{{\"dtype\":\"{Elements.NameOf(type)}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{dataLength},{end}]}}");
        dataLength = end;
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            if (character is >= ' ' and <= '~' and not ('"' or '\\'))
                quoted.Append(character);
            else
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }

        return quoted.Append('"').ToString();
    }

    private static Span<byte> WriteTensor(TensorLayout tensor, ReadOnlySpan<byte> weights, Span<byte> data)
    {
        var size = Elements.SizeOf(tensor.ElementType);
        for (var row = 0; row < tensor.Rows; row++)
        {
            for (var column = 0; column < tensor.Columns; column++)
            {
                Elements.Copy(tensor.ElementType, weights.Slice(tensor.IndexOf(row, column) * size, size), data);
                if (Elements.NameOfNotFinite(tensor.ElementType, data[..size]) is { } found)
                {
                    throw new InvalidOperationException(
                        $"Tensor '{tensor.Name}' has the value {found} at row {row}, column {column}; the model was not saved.");
                }

                data = data[size..];
            }
        }

        return data;
    }

    private static Span<byte> WriteScales(Int8TensorLayout tensor, ReadOnlySpan<byte> weights, Span<byte> data)
    {
        for (var column = 0; column < tensor.Columns; column++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(data, Int8Weights.GetScale(tensor, column, weights));
            data = data[sizeof(float)..];
        }

        return data;
    }
}
