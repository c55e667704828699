using System.Buffers.Binary;
using NanoRnn.CompilerServices;

namespace NanoRnn.Storage;

/// <summary>Writes a model as a safetensors file: the same weights always give the same bytes.</summary>
internal static class SafeTensorsWriter
{
    /// <summary>The bytes of the file.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="weights">Its packed weights.</param>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite; such a file could not be loaded.</exception>
    public static byte[] Write(ModelLayout layout, ReadOnlySpan<byte> weights)
    {
        var file = new SafeTensorsFile(layout);
        Declare(file, layout);
        file.StartData();
        WriteWeights(file, layout, weights);
        return file.GetBytes();
    }

    /// <summary>Declares a model's tensors.</summary>
    public static void Declare(SafeTensorsFile file, ModelLayout layout)
    {
        foreach (var tensor in layout.Tensors)
        {
            file.Declare(tensor.Name, tensor.ElementType, tensor.Shape);
            if (tensor is Int8TensorLayout integers)
                file.Declare(integers.ScaleName, ElementType.F32, [tensor.Columns]);
        }
    }

    /// <summary>Writes the data of a model's tensors.</summary>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite.</exception>
    public static void WriteWeights(SafeTensorsFile file, ModelLayout layout, ReadOnlySpan<byte> weights)
    {
        foreach (var tensor in layout.Tensors)
        {
            WriteTensor(tensor, weights, file);
            if (tensor is Int8TensorLayout integers)
                WriteScales(integers, weights, file);
        }
    }

    private static void WriteTensor(TensorLayout tensor, ReadOnlySpan<byte> weights, SafeTensorsFile file)
    {
        var size = Elements.SizeOf(tensor.ElementType);
        for (var row = 0; row < tensor.Rows; row++)
        {
            for (var column = 0; column < tensor.Columns; column++)
            {
                var element = file.Next(size);
                Elements.Copy(tensor.ElementType, weights.Slice(tensor.IndexOf(row, column) * size, size), element);
                if (Elements.NameOfNotFinite(tensor.ElementType, element) is { } found)
                {
                    throw new InvalidOperationException(
                        $"Tensor '{tensor.Name}' has the value {found} at row {row}, column {column}; the model was not saved.");
                }
            }
        }
    }

    private static void WriteScales(Int8TensorLayout tensor, ReadOnlySpan<byte> weights, SafeTensorsFile file)
    {
        for (var column = 0; column < tensor.Columns; column++)
            BinaryPrimitives.WriteSingleLittleEndian(file.Next(sizeof(float)), Int8Weights.GetScale(tensor, column, weights));
    }
}
