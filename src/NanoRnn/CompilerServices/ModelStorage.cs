using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using NanoRnn.Storage;

namespace NanoRnn.CompilerServices;

/// <summary>Saves and loads models as safetensors files.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelStorage
{
    /// <summary>Saves a model: writes a temporary file beside <paramref name="path"/>, flushes it and renames it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file to create or replace. A failure or a crash leaves the old file as it was.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not writable.</exception>
    public static void Save<TModel>(TModel model, string path)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, SafeTensorsWriter.Write(TModel.Layout, MemoryMarshal.AsBytes(model.PackedWeights.ReadOnlySpan)));
    }

    /// <summary>Loads a model from a file.</summary>
    /// <param name="path">A safetensors file with exactly the model's tensors, each of the model's type or of 32-bit floats.</param>
    /// <param name="arena">Where to take the weights' memory from; null to allocate it.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="ModelFileException">The file is damaged or holds another model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TModel Load<TModel>(string path, MemoryArena? arena = null)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // Reading it would say that it is not there, or that access is denied.
        if (Directory.Exists(path))
            throw SafeTensorsReader.Error(path, "expected a file, found a folder.");
        var length = new FileInfo(path).Length;
        if (length > Array.MaxLength)
            throw SafeTensorsReader.Error(path, $"the file has {length} bytes; at most {Array.MaxLength} can be loaded.");
        return Load<TModel>(File.ReadAllBytes(path), path, arena);
    }

    /// <summary>Loads a model from memory.</summary>
    /// <param name="file">
    /// The bytes of a safetensors file with exactly the model's tensors, each of the model's type or of 32-bit floats.
    /// </param>
    /// <param name="arena">Where to take the weights' memory from; null to allocate it.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="ModelFileException">The bytes are damaged or hold another model.</exception>
    public static TModel Load<TModel>(ReadOnlySpan<byte> file, MemoryArena? arena = null)
        where TModel : class, IPackedModel<TModel> => Load<TModel>(file, "model data", arena);

    /// <summary>A model with weights of its own, equal to those of another.</summary>
    /// <param name="model">The other, whose weights may be constants.</param>
    /// <param name="arena">Where to take the weights' memory from; null to allocate it.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    public static TModel Copy<TModel>(TModel model, MemoryArena? arena = null)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        var weights = new AlignedBuffer(model.PackedWeights.Length, arena);
        model.PackedWeights.ReadOnlySpan.CopyTo(weights.Span);
        return TModel.Create(weights);
    }

    /// <summary>A model with the weights of another one, rounded to what it can store.</summary>
    /// <param name="weights">Tensors with exactly the model's names and shapes.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="ArgumentException">The tensors are others, or a weight is not finite or too large.</exception>
    public static TModel Convert<TModel>(WeightCollection weights)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(weights);
        var layout = TModel.Layout;
        var length = 0;
        foreach (var tensor in weights)
            length += tensor.Count * sizeof(float);
        var data = new byte[length];
        var entries = new List<SafeTensorsEntry>();
        var end = 0;
        foreach (var tensor in weights)
        {
            var begin = end;
            foreach (var weight in tensor.ToArray())
            {
                BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(end), weight);
                end += sizeof(float);
            }

            var shape = new long[tensor.Shape.Length];
            for (var i = 0; i < shape.Length; i++)
                shape[i] = tensor.Shape[i];
            entries.Add(new SafeTensorsEntry(tensor.Name, ElementType.F32, shape, begin, end));
        }

        var packed = new AlignedBuffer(layout.WeightLength);
        try
        {
            new WeightPacker(layout.ModelName, layout.Tensors, "the collection").Pack(entries, data, "weights", MemoryMarshal.AsBytes(packed.Span));
        }
        catch (ModelFileException exception)
        {
            throw new ArgumentException(exception.Message, nameof(weights), exception);
        }

        return TModel.Create(packed);
    }

    private static TModel Load<TModel>(ReadOnlySpan<byte> file, string source, MemoryArena? arena)
        where TModel : class, IPackedModel<TModel>
    {
        var layout = TModel.Layout;
        var entries = SafeTensorsReader.Read(file, source, out var dataStart);
        var weights = new AlignedBuffer(layout.WeightLength, arena);
        new WeightPacker(layout.ModelName, layout.Tensors).Pack(entries, file[dataStart..], source, MemoryMarshal.AsBytes(weights.Span));
        return TModel.Create(weights);
    }
}
