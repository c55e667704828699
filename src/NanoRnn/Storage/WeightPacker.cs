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
    public void Pack(List<SafeTensorsEntry> entries, ReadOnlySpan<byte> data, string source, Span<byte> packed)
    {
        // In plain loops: this is a part of every program that loads a model.
        foreach (var entry in entries)
            CheckType(entry, tensors, source);
        var left = new List<SafeTensorsEntry>(entries);
        foreach (var tensor in tensors)
        {
            var index = left.FindIndex(entry => entry.Name == tensor.Name);
            if (index < 0)
                throw SafeTensorsReader.Error(source, $"{modelName} has a tensor '{tensor.Name}', the file has not.");
            var entry = left[index];
            left.RemoveAt(index);
            CheckType(entry, [tensor], source);
            if (!HasShape(entry, tensor))
            {
                throw SafeTensorsReader.Error(source, $"tensor '{tensor.Name}': {modelName} expects the shape " +
                    $"[{string.Join(", ", tensor.Shape)}], found [{string.Join(", ", entry.Shape)}].");
            }

            Pack(tensor, data.Slice((int)entry.Begin, (int)(entry.End - entry.Begin)), source, packed);
        }

        if (left.Count > 0)
            throw SafeTensorsReader.Error(source, $"the file has a tensor '{left[0].Name}', {modelName} has not.");
    }

    private static bool HasShape(SafeTensorsEntry entry, TensorLayout tensor)
    {
        if (entry.Shape.Length != tensor.Shape.Length)
            return false;
        for (var i = 0; i < entry.Shape.Length; i++)
        {
            if (entry.Shape[i] != tensor.Shape[i])
                return false;
        }

        return true;
    }

    /// <summary>Checks that an entry's elements are of the type of one of some tensors.</summary>
    private static void CheckType(SafeTensorsEntry entry, IReadOnlyList<TensorLayout> expected, string source)
    {
        var names = new List<string>();
        foreach (var tensor in expected)
        {
            if (tensor.ElementType == entry.Type)
                return;
            if (Elements.NameOf(tensor.ElementType) is var name && !names.Contains(name))
                names.Add(name);
        }

        throw SafeTensorsReader.Error(
            source, $"tensor '{entry.Name}': expected dtype {string.Join(" or ", names)}, found {Elements.NameOf(entry.Type)}.");
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
