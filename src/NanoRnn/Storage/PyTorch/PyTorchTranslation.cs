using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn.Storage;

/// <summary>
/// The tensors of a file of PyTorch's as Keras's, which a model has: matrices transposed, the two biases of an LSTM or a simple layer added,
/// a GRU's gates in the other order, all as floats of 32 bits.
/// </summary>
/// <remarks>The compiler reads files too, so it compiles for netstandard2.0.</remarks>
internal sealed class PyTorchTranslation
{
    private readonly List<PyTorchLayer> _layers;
    private readonly string _source;

    private PyTorchTranslation(List<PyTorchLayer> layers, string source)
    {
        (_layers, _source) = (layers, source);
        Header = new SafeTensorsHeader(DeclareTensors(), []);
    }

    /// <summary>The header of the file as Keras's.</summary>
    public SafeTensorsHeader Header { get; }

    /// <summary>What translates a file, or null for one that has Keras's names.</summary>
    /// <exception cref="ModelFileException">It is PyTorch's, and its modules are not the model's layers or may be in several ways.</exception>
    public static PyTorchTranslation? Of(
        string modelName, IReadOnlyList<TensorLayout> tensors, string? description, string source, SafeTensorsHeader header)
    {
        if (description is null || header.Find(ModelDescription.FormatKey) is not null || !HasOtherWeights(header, tensors))
            return null;
        return PyTorchFiles.AreTaken
            ? new PyTorchTranslation(new PyTorchMatching(modelName, tensors, description, source, header.Tensors).Run(), source)
            : throw SafeTensorsReader.Error(source, "the file is PyTorch's, which this program does not load: its project's property NanoRnnPyTorchFiles is false.");
    }

    /// <summary>Translates what follows the header.</summary>
    /// <exception cref="ModelFileException">A weight is not finite, or too large for 32 bits.</exception>
    public byte[] Translate(ReadOnlySpan<byte> data)
    {
        var translated = new byte[Header.DataLength];
        var place = translated.AsSpan();
        foreach (var layer in _layers)
        {
            foreach (var tensor in layer.Tensors)
            {
                Translate(layer, tensor, data, place);
                place = place.Slice(tensor.Rows * tensor.Columns * sizeof(float));
            }
        }

        return translated;
    }

    private static bool HasOtherWeights(SafeTensorsHeader header, IReadOnlyList<TensorLayout> tensors)
    {
        foreach (var entry in header.Tensors)
        {
            var isOther = PyTorchModule.IsWeight(entry.Name);
            foreach (var tensor in tensors)
                isOther &= tensor.Name != entry.Name;
            if (isOther)
                return true;
        }

        return false;
    }

    private List<SafeTensorsEntry> DeclareTensors()
    {
        var tensors = new List<SafeTensorsEntry>();
        var end = 0L;
        foreach (var layer in _layers)
        {
            foreach (var tensor in layer.Tensors)
            {
                foreach (var part in layer.PartsOf(tensor))
                    CheckType(layer.Module![part]);
                var begin = end;
                end += (long)tensor.Rows * tensor.Columns * sizeof(float);
                var shape = new long[tensor.Shape.Length];
                for (var i = 0; i < shape.Length; i++)
                    shape[i] = tensor.Shape[i];
                tensors.Add(new SafeTensorsEntry(tensor.Name, ElementType.F32, shape, begin, end));
            }
        }

        return tensors;
    }

    private void CheckType(SafeTensorsEntry entry)
    {
        if (entry.Type is not (ElementType.F32 or ElementType.F64 or ElementType.F16 or ElementType.BF16))
            throw Error($"tensor '{FileText.Escape(entry.Name)}': expected dtype F32, F64, F16 or BF16, found {Elements.NameOf(entry.Type)}");
    }

    private void Translate(PyTorchLayer layer, TensorLayout tensor, ReadOnlySpan<byte> data, Span<byte> place)
    {
        var parts = layer.PartsOf(tensor);
        var (first, second) = (layer.Module![parts[0]], layer.Module[parts[parts.Length - 1]]);
        var (isPair, hasRows) = (parts.Length > 1, parts.Length > 1 && layer.ExchangesGates);
        Span<float> number = stackalloc float[1];
        for (var row = 0; row < tensor.Rows; row++)
        {
            for (var column = 0; column < tensor.Columns; column++)
            {
                var from = layer.ExchangesGates ? Exchange(column, tensor.Columns / 3) : column;
                var index = hasRows ? from
                    : PyTorchLayer.IsTransposed(tensor) ? from * tensor.Rows + TransposedRow(tensor, row)
                    : row * tensor.Columns + from;
                var value = Read(hasRows && row > 0 ? second : first, index, data);
                if (isPair && !hasRows)
                    value += Read(second, index, data);
                number[0] = (float)value;
                Elements.Copy(ElementType.F32, MemoryMarshal.AsBytes(number), place.Slice((row * tensor.Columns + column) * sizeof(float), sizeof(float)));
            }
        }
    }

    /// <summary>The column of a gate in the other order: the first two are exchanged.</summary>
    private static int Exchange(int column, int units) => column < units ? column + units : column < 2 * units ? column - units : column;

    /// <summary>Where a row of a matrix, or of the matrices of a convolution's steps, is in a row of PyTorch's.</summary>
    private static int TransposedRow(TensorLayout tensor, int row)
    {
        var steps = tensor.Shape.Length > 2 ? tensor.Shape[0] : 1;
        var features = tensor.Rows / steps;
        return row % features * steps + row / features;
    }

    private double Read(SafeTensorsEntry entry, int index, ReadOnlySpan<byte> data)
    {
        var size = Elements.SizeOf(entry.Type);
        var element = data.Slice((int)entry.Begin + index * size, size);
        var number = size switch
        {
            sizeof(long) => BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(element)),
            sizeof(int) => ToSingle(BinaryPrimitives.ReadUInt32LittleEndian(element)),
            _ => ToSingle(ReducedFloat.Widen(BinaryPrimitives.ReadUInt16LittleEndian(element), entry.Type)),
        };
        if (Math.Abs(number) <= float.MaxValue)
            return number;
        var columns = (int)entry.Shape[entry.Shape.Length - 1];
        throw Error(
            $"tensor '{FileText.Escape(entry.Name)}': expected finite weights of 32 bits, found {number.ToString("R", CultureInfo.InvariantCulture)} at " +
            $"row {index / columns}, column {index % columns}");
    }

    private static float ToSingle(uint bits)
    {
        Span<uint> words = [bits];
        return MemoryMarshal.Cast<uint, float>(words)[0];
    }

    private ModelFileException Error(string message) => SafeTensorsReader.Error(_source, message + ".");
}
