using NanoRnn.CompilerServices;

namespace NanoRnn.Storage;

/// <summary>From the tensors of a safetensors file to a model's packed weights.</summary>
/// <remarks>The compiler packs weights with it too, so it compiles for netstandard2.0.</remarks>
/// <param name="modelName">What to call the model in messages.</param>
/// <param name="tensors">Its tensors.</param>
internal sealed class WeightPacker(string modelName, IReadOnlyList<TensorLayout> tensors)
{
    /// <summary>Packs weights, once it is sure that the file has exactly the model's tensors and that all weights are finite.</summary>
    /// <param name="entries">What the file has; see <see cref="SafeTensorsReader.Read"/>.</param>
    /// <param name="data">What follows its header.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="packed">Where the weights go; padding is left alone.</param>
    /// <exception cref="ModelFileException">The file holds another model, or weights that are not finite.</exception>
    public void Pack(IReadOnlyList<SafeTensorsEntry> entries, ReadOnlySpan<byte> data, string source, Span<byte> packed)
    {
        foreach (var entry in entries)
            CheckType(entry, [.. tensors.Select(tensor => tensor.ElementType).Distinct()], source);
        var found = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            if (!found.TryGetValue(tensor.Name, out var entry))
                throw SafeTensorsReader.Error(source, $"{modelName} has a tensor '{tensor.Name}', the file has not.");
            found.Remove(tensor.Name);
            CheckType(entry, [tensor.ElementType], source);
            if (!entry.Shape.SequenceEqual(tensor.Shape.Select(dimension => (long)dimension)))
            {
                throw SafeTensorsReader.Error(source, $"tensor '{tensor.Name}': {modelName} expects the shape " +
                    $"[{string.Join(", ", tensor.Shape)}], found [{string.Join(", ", entry.Shape)}].");
            }

            Pack(tensor, data.Slice((int)entry.Begin, (int)(entry.End - entry.Begin)), source, packed);
        }

        foreach (var entry in entries)
        {
            if (found.ContainsKey(entry.Name))
                throw SafeTensorsReader.Error(source, $"the file has a tensor '{entry.Name}', {modelName} has not.");
        }
    }

    private static void CheckType(SafeTensorsEntry entry, ElementType[] expected, string source)
    {
        if (!expected.Contains(entry.Type))
            throw SafeTensorsReader.Error(source, $"tensor '{entry.Name}': expected dtype {string.Join(" or ", expected)}, found {entry.Type}.");
    }

    private static void Pack(TensorLayout tensor, ReadOnlySpan<byte> data, string source, Span<byte> packed)
    {
        var size = Elements.SizeOf(tensor.ElementType);
        for (var row = 0; row < tensor.Rows; row++)
        {
            for (var column = 0; column < tensor.Columns; column++)
            {
                var element = data.Slice(0, size);
                if (Elements.NameOfNotFinite(tensor.ElementType, element) is { } found)
                {
                    throw SafeTensorsReader.Error(
                        source, $"tensor '{tensor.Name}': expected finite weights, found {found} at row {row}, column {column}.");
                }

                Elements.Copy(element, packed.Slice(tensor.IndexOf(row, column) * size));
                data = data.Slice(size);
            }
        }
    }
}
