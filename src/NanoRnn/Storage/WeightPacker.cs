using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn.Storage;

/// <summary>
/// From the tensors of a safetensors file to a model's packed weights. Where the model has floats of 16 bits or integers of 8, the file may
/// have floats of 32, which are rounded. A file of PyTorch's is packed as if it had been written with Keras's names.
/// </summary>
/// <remarks>The compiler packs weights with it too, so it compiles for netstandard2.0.</remarks>
internal sealed class WeightPacker
{
    private readonly string _modelName;
    private readonly IReadOnlyList<TensorLayout> _tensors;
    private readonly string _source;
    private readonly string _holder;
    private readonly PyTorchTranslation? _translation;
    private readonly SafeTensorsHeader _header;

    /// <summary>Checks that a file has the model's layers, if it says which it has, and exactly the model's tensors.</summary>
    /// <param name="modelName">What to call the model in messages.</param>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="description">Its layers; see <see cref="ModelDescription"/>.</param>
    /// <param name="header">What the file has.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="holder">What has the tensors, in messages.</param>
    /// <exception cref="ModelFileException">The file holds another model.</exception>
    public WeightPacker(
        string modelName, IReadOnlyList<TensorLayout> tensors, string? description, SafeTensorsHeader header, string source, string holder = "the file")
    {
        (_modelName, _tensors, _source, _holder) = (modelName, tensors, source, holder);
        if (description is not null && header.Description is { } found
            && ModelDescription.FindDifference(found, description, holder) is { } difference)
            throw Error($"{difference}.");
        _translation = PyTorchTranslation.Of(modelName, tensors, description, source, header);
        _header = _translation?.Header ?? header;
        Check();
    }

    /// <summary>Packs weights, once it is sure that all of them are finite.</summary>
    /// <param name="data">What follows the file's header.</param>
    /// <param name="packed">Where the weights go; padding is left alone.</param>
    /// <exception cref="ModelFileException">Some weights are not finite or too large.</exception>
    public void Pack(ReadOnlySpan<byte> data, Span<byte> packed)
    {
        if (PyTorchFiles.AreTaken && _translation is not null)
            data = _translation.Translate(data);
        var left = new List<SafeTensorsEntry>(_header.Tensors);
        foreach (var tensor in _tensors)
        {
            TryTake(left, tensor.Name, out var entry);
            Pack(tensor, entry, data, packed);
            if (tensor is Int8TensorLayout integers && entry.Type == ElementType.I8 && TryTake(left, integers.ScaleName, out var scales))
                PackScales(integers, scales, data, packed);
        }
    }

    private void Check()
    {
        // In plain loops: this is a part of every program that loads a model.
        foreach (var entry in _header.Tensors)
            CheckType(entry, _tensors);
        var left = new List<SafeTensorsEntry>(_header.Tensors);
        foreach (var tensor in _tensors)
        {
            if (!TryTake(left, tensor.Name, out var entry))
                throw Error($"{_modelName} has a tensor '{tensor.Name}', {_holder} has not; {Contents(_header.Tensors)}.");
            CheckType(entry, [tensor]);
            CheckShape(entry, tensor.Shape);
            if (tensor is Int8TensorLayout integers && entry.Type == ElementType.I8)
                CheckScales(integers, left);
        }

        if (left.Count > 0)
            throw Error($"{_holder} has a tensor '{FileText.Escape(left[0].Name)}', {_modelName} has not.");
    }

    private static bool TryTake(List<SafeTensorsEntry> entries, string name, out SafeTensorsEntry entry)
    {
        var index = entries.FindIndex(candidate => candidate.Name == name);
        entry = index < 0 ? default : entries[index];
        if (index >= 0)
            entries.RemoveAt(index);
        return index >= 0;
    }

    private static string Contents(List<SafeTensorsEntry> entries)
    {
        var names = new List<string>();
        foreach (var entry in entries)
            names.Add($"'{FileText.Escape(entry.Name)}'");
        return names.Count == 0 ? "it has none" : $"it has {FileText.List(names.ToArray())}";
    }

    private ModelFileException Error(string message) => SafeTensorsReader.Error(_source, message);

    /// <summary>Checks that an entry's elements are of the type of one of some tensors, or floats of 32 bits, which can be rounded to it.</summary>
    private void CheckType(SafeTensorsEntry entry, IReadOnlyList<TensorLayout> expected)
    {
        var names = new List<string>();
        foreach (var tensor in expected)
        {
            foreach (var type in (ReadOnlySpan<ElementType>)[ElementType.F32, tensor.ElementType])
            {
                if (type == entry.Type)
                    return;
                if (Elements.NameOf(type) is var name && !names.Contains(name))
                    names.Add(name);
            }
        }

        throw Error($"tensor '{FileText.Escape(entry.Name)}': expected dtype {string.Join(" or ", names)}, found {Elements.NameOf(entry.Type)}.");
    }

    private void CheckShape(SafeTensorsEntry entry, ImmutableArray<int> shape)
    {
        var fits = entry.Shape.Length == shape.Length;
        for (var i = 0; i < shape.Length && fits; i++)
            fits = entry.Shape[i] == shape[i];
        if (!fits)
        {
            throw Error($"tensor '{entry.Name}': {_modelName} expects the shape [{string.Join(", ", shape)}], found [{FileText.List(entry.Shape)}].");
        }
    }

    private void Pack(TensorLayout tensor, SafeTensorsEntry entry, ReadOnlySpan<byte> data, Span<byte> packed)
    {
        var elements = DataOf(entry, data);
        CheckElements(entry, elements, tensor.Columns);
        if (tensor is Int8TensorLayout integers && entry.Type == ElementType.F32)
        {
            Int8Weights.Pack(integers, FloatsOf(elements), packed);
            CheckProducts(integers, packed);
            return;
        }

        var size = Elements.SizeOf(entry.Type);
        var packedSize = Elements.SizeOf(tensor.ElementType);
        for (var row = 0; row < tensor.Rows; row++)
        {
            for (var column = 0; column < tensor.Columns; column++)
            {
                var element = elements.Slice((row * tensor.Columns + column) * size, size);
                var place = packed.Slice(tensor.IndexOf(row, column) * packedSize);
                if (entry.Type == tensor.ElementType)
                    Elements.Copy(entry.Type, element, place);
                else if (!TryRound(BinaryPrimitives.ReadUInt32LittleEndian(element), tensor.ElementType, place))
                    throw Error($"tensor '{tensor.Name}': {TextOf(element)} at row {row}, column {column} is too large for {tensor.ElementType}.");
            }
        }
    }

    /// <summary>A file of integers has their scales beside them.</summary>
    private void CheckScales(Int8TensorLayout tensor, List<SafeTensorsEntry> left)
    {
        if (!TryTake(left, tensor.ScaleName, out var entry))
            throw Error($"'{tensor.Name}' of dtype I8 needs a tensor '{tensor.ScaleName}', {_holder} has none.");
        if (entry.Type != ElementType.F32)
            throw Error($"tensor '{entry.Name}': expected dtype F32, found {Elements.NameOf(entry.Type)}.");
        CheckShape(entry, [tensor.Columns]);
    }

    private void PackScales(Int8TensorLayout tensor, SafeTensorsEntry entry, ReadOnlySpan<byte> data, Span<byte> packed)
    {
        var elements = DataOf(entry, data);
        CheckElements(entry, elements, tensor.Columns);
        var scales = FloatsOf(elements);
        for (var column = 0; column < scales.Length; column++)
            Int8Weights.SetScale(tensor, column, scales[column], packed);
        CheckProducts(tensor, packed);
    }

    /// <summary>Checks that no integer times its scale, which may have been rounded up, is infinite.</summary>
    private void CheckProducts(Int8TensorLayout tensor, ReadOnlySpan<byte> packed)
    {
        for (var row = 0; row < tensor.Rows; row++)
        {
            for (var column = 0; column < tensor.Columns; column++)
            {
                if (float.IsInfinity(Int8Weights.Read(tensor, row, column, packed)))
                    throw Error($"tensor '{tensor.Name}': expected finite weights, found an integer whose product with its scale is infinite at row {row}, column {column}.");
            }
        }
    }

    private static ReadOnlySpan<byte> DataOf(SafeTensorsEntry entry, ReadOnlySpan<byte> data) =>
        data.Slice((int)entry.Begin, (int)(entry.End - entry.Begin));

    private static float[] FloatsOf(ReadOnlySpan<byte> elements)
    {
        var floats = new float[elements.Length / sizeof(float)];
        for (var i = 0; i < floats.Length; i++)
            Elements.Copy(ElementType.F32, elements.Slice(i * sizeof(float), sizeof(float)), MemoryMarshal.AsBytes(floats.AsSpan(i)));
        return floats;
    }

    private void CheckElements(SafeTensorsEntry entry, ReadOnlySpan<byte> elements, int columns)
    {
        var size = Elements.SizeOf(entry.Type);
        for (var i = 0; i < elements.Length / size; i++)
        {
            if (Elements.FindMistake(entry.Type, elements.Slice(i * size, size)) is { } mistake)
                throw Error($"tensor '{entry.Name}': {mistake} at row {i / columns}, column {i % columns}.");
        }
    }

    /// <summary>Writes the nearest number of 16 bits, if there is one.</summary>
    private static bool TryRound(uint bits, ElementType type, Span<byte> place)
    {
        var rounded = ReducedFloat.Round(bits, type);
        MemoryMarshal.Cast<byte, ushort>(place)[0] = (ushort)rounded;
        return ReducedFloat.IsFinite(ReducedFloat.Widen(rounded, type));
    }

    private static string TextOf(ReadOnlySpan<byte> element)
    {
        uint[] bits = [BinaryPrimitives.ReadUInt32LittleEndian(element)];
        return MemoryMarshal.Cast<uint, float>(bits)[0].ToString(CultureInfo.InvariantCulture);
    }
}
