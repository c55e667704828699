using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using NanoRnn.Storage;

namespace NanoRnn.CompilerServices;

/// <summary>Saves and loads models as safetensors files.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelStorage
{
    /// <summary>What messages call bytes that are no file.</summary>
    private const string InMemory = "model data";

    /// <summary>Saves a model: writes a temporary file beside <paramref name="path"/>, flushes it and renames it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">
    /// The file to create or replace, or a symbolic link to it. A failure or a crash leaves the old file as it was; a new one has its mode.
    /// </param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite.</exception>
    /// <exception cref="IOException">The file cannot be written, or there is something else than a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not writable.</exception>
    public static void Save<TModel>(TModel model, string path)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, ToBytes(model));
    }

    /// <summary>Writes a model to a stream.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">Where the bytes of a safetensors file go, from its position on. It is neither flushed nor closed.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite; nothing has been written.</exception>
    public static void Save<TModel>(TModel model, Stream stream)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(ToBytes(model));
    }

    /// <summary>The bytes of a safetensors file with a model's weights.</summary>
    /// <param name="model">The model.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite.</exception>
    public static byte[] ToBytes<TModel>(TModel model)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        return SafeTensorsWriter.Write(TModel.Layout, MemoryMarshal.AsBytes(model.PackedWeights.ReadOnlySpan));
    }

    /// <summary>Loads a model from a file.</summary>
    /// <param name="path">
    /// A safetensors file with exactly the model's tensors, each of the model's type or of 32-bit floats, or with those of PyTorch's modules that
    /// are the model's layers, as floats of 16, 32 or 64 bits.
    /// </param>
    /// <param name="arena">Where to take the weights' memory from; null to allocate it. What a failed call has taken is given back.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="ModelFileException">The file is damaged or holds another model, or there is something else than a file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TModel Load<TModel>(string path, MemoryArena? arena = null)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Load<TModel>(FileReading.Read(path), path, arena);
    }

    /// <summary>Loads a model from a stream.</summary>
    /// <param name="stream">
    /// At its position, the bytes of a safetensors file as <see cref="Load{TModel}(string, MemoryArena?)"/> takes it. They are read and nothing
    /// behind them, so that several models can follow each other.
    /// </param>
    /// <param name="arena">Where to take the weights' memory from; null to allocate it. What a failed call has taken is given back.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="ModelFileException">The bytes are damaged or hold another model.</exception>
    public static TModel Load<TModel>(Stream stream, MemoryArena? arena = null)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = StreamReading.ReadHeader(stream, InMemory);
        var packer = CreatePacker(TModel.Layout, header, InMemory);
        return Pack<TModel>(packer, StreamReading.Read(stream, (int)header.DataLength, InMemory, "data"), arena);
    }

    /// <summary>Loads a model from memory.</summary>
    /// <param name="file">
    /// The bytes of a safetensors file as <see cref="Load{TModel}(string, MemoryArena?)"/> takes it.
    /// </param>
    /// <param name="arena">Where to take the weights' memory from; null to allocate it. What a failed call has taken is given back.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="ModelFileException">The bytes are damaged or hold another model.</exception>
    public static TModel Load<TModel>(ReadOnlySpan<byte> file, MemoryArena? arena = null)
        where TModel : class, IPackedModel<TModel> => Load<TModel>(file, InMemory, arena);

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
    /// <param name="weights">Tensors with exactly the model's names and shapes, of a model with the same layers.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="ArgumentException">The layers or tensors are others, or a weight is not finite or too large.</exception>
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
            var metadata = new Dictionary<string, string> { [ModelDescription.FormatKey] = ModelDescription.Format };
            if (weights.Description is not null)
                metadata.Add(ModelDescription.Key, weights.Description);
            var header = new SafeTensorsHeader(entries, metadata);
            new WeightPacker(layout.ModelName, layout.Tensors, layout.Description, header, "weights", "the collection")
                .Pack(data, MemoryMarshal.AsBytes(packed.Span));
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
        var header = SafeTensorsReader.Read(file, source, out var dataStart);
        return Pack<TModel>(CreatePacker(TModel.Layout, header, source), file[dataStart..], arena);
    }

    internal static WeightPacker CreatePacker(ModelLayout layout, SafeTensorsHeader header, string source) =>
        new(layout.ModelName, layout.Tensors, layout.Description, header, source);

    private static TModel Pack<TModel>(WeightPacker packer, ReadOnlySpan<byte> data, MemoryArena? arena)
        where TModel : class, IPackedModel<TModel>
    {
        var used = arena?.Used ?? 0;
        var weights = new AlignedBuffer(TModel.Layout.WeightLength, arena);
        try
        {
            packer.Pack(data, MemoryMarshal.AsBytes(weights.Span));
        }
        catch
        {
            arena?.GiveBack(used);
            throw;
        }

        return TModel.Create(weights);
    }
}
