using System.Buffers.Binary;
using NanoRnn.Onnx.Messages;
using NanoRnn.Tool.Graphs;
using DataType = NanoRnn.Onnx.Messages.TensorProto.Types.DataType;

namespace NanoRnn.Tool.Formats;

/// <summary>Tensors of ONNX files, in all types that hold numbers.</summary>
internal static class OnnxTensors
{
    /// <summary>The numbers of a tensor.</summary>
    /// <exception cref="ToolException">It has no numbers, not as many as its shape says, or has them in another file.</exception>
    public static Tensor Read(TensorProto tensor)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
            throw new ToolException($"tensor '{tensor.Name}': expected its data in the file, found them in another one. Save the model as one file.");
        if (tensor.Dims.Any(dimension => dimension is < 0 or > int.MaxValue))
            throw new ToolException($"tensor '{tensor.Name}': expected dimensions from 0 to 2³¹ − 1, found [{string.Join(", ", tensor.Dims)}].");
        var shape = tensor.Dims.Select(dimension => (int)dimension).ToArray();
        var count = Tensor.CountOf(shape);
        var values = tensor.RawData.Length > 0 ? FromBytes(tensor) : FromLists(tensor);
        if (values.Length != count)
            throw new ToolException($"tensor '{tensor.Name}': expected {count} elements for the shape {Tensor.Describe(shape)}, found {values.Length}.");
        return new Tensor(shape, values, !IsReal(tensor.DataType));
    }

    public static bool IsReal(int type) => (DataType)type is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;

    /// <summary>A type as safetensors spells it.</summary>
    public static string TypeName(int type) => (DataType)type switch
    {
        DataType.Float => "F32", DataType.Double => "F64", DataType.Float16 => "F16", DataType.Bfloat16 => "BF16", DataType.Int64 => "I64", DataType.Int32 => "I32",
        DataType.Int16 => "I16", DataType.Int8 => "I8", DataType.Uint64 => "U64", DataType.Uint32 => "U32", DataType.Uint16 => "U16", DataType.Uint8 => "U8",
        DataType.Bool => "BOOL", _ => $"type {type}",
    };

    private static double[] FromBytes(TensorProto tensor)
    {
        var bytes = tensor.RawData.Span;
        var size = (DataType)tensor.DataType switch
        {
            DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
            DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
            DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
            DataType.Int8 or DataType.Uint8 or DataType.Bool => 1,
            _ => throw NoNumbers(tensor),
        };
        var values = new double[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            var element = bytes.Slice(i * size, size);
            values[i] = (DataType)tensor.DataType switch
            {
                DataType.Double => BinaryPrimitives.ReadDoubleLittleEndian(element),
                DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
                DataType.Uint64 => BinaryPrimitives.ReadUInt64LittleEndian(element),
                DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(element),
                DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
                DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
                DataType.Bfloat16 => BFloat16(BinaryPrimitives.ReadUInt16LittleEndian(element)),
                DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
                DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
                DataType.Int8 => (sbyte)element[0],
                _ => element[0],
            };
        }

        return values;
    }

    private static double[] FromLists(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Float => [.. tensor.FloatData.Select(value => (double)value)],
        DataType.Double => [.. tensor.DoubleData],
        DataType.Int64 => [.. tensor.Int64Data.Select(value => (double)value)],
        DataType.Uint32 or DataType.Uint64 => [.. tensor.Uint64Data.Select(value => (double)value)],
        DataType.Float16 => [.. tensor.Int32Data.Select(value => (double)BitConverter.UInt16BitsToHalf((ushort)value))],
        DataType.Bfloat16 => [.. tensor.Int32Data.Select(value => BFloat16((ushort)value))],
        DataType.Int32 or DataType.Int16 or DataType.Int8 or DataType.Uint16 or DataType.Uint8 or DataType.Bool => [.. tensor.Int32Data.Select(value => (double)value)],
        _ => throw NoNumbers(tensor),
    };

    private static double BFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private static ToolException NoNumbers(TensorProto tensor) => new($"tensor '{tensor.Name}': expected numbers, found {TypeName(tensor.DataType)}.");
}
