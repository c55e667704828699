using Google.Protobuf;
using NanoRnn.CompilerServices;
using NanoRnn.Onnx.Export;
using NanoRnn.Storage;

namespace NanoRnn.Onnx;

/// <summary>Writes models as ONNX, for the runtimes that read it.</summary>
public static class OnnxModel
{
    /// <summary>Saves a model as ONNX: writes a temporary file beside <paramref name="path"/>, flushes it and renames it.</summary>
    /// <remarks>
    /// The file is of opset 17. Its input <c>input</c> is batch × time × features floats, or batch × time tokens (int32), both of any batch and time. Its
    /// output <c>output</c> is what <c>PredictBatch</c> gives; several outputs have the names of their layers. The same weights always give the same
    /// bytes. Weights of 16 bits are written as the floats they are equal to.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="path">The file to create or replace. A failure or a crash leaves the old file as it was.</param>
    /// <param name="options">How it is written; null for the defaults.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="NotSupportedException">
    /// ONNX cannot say what a layer does, or the model has no streaming states to go in and out; the message names the layer. Nothing has been written.
    /// </exception>
    /// <exception cref="InvalidOperationException">A weight is NaN or infinite, or the file would be larger than ONNX's 2 GB. Nothing has been written.</exception>
    /// <exception cref="IOException">The file cannot be written, or there is something else than a file.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not writable.</exception>
    public static void SaveOnnx<TModel>(this TModel model, string path, OnnxOptions? options = null)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, ToBytes(model, options));
    }

    /// <summary>Writes a model as ONNX to a stream.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">Where the bytes go, from its position on. It is neither flushed nor closed.</param>
    /// <param name="options">How it is written; null for the defaults.</param>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <exception cref="NotSupportedException">As for a file.</exception>
    /// <exception cref="InvalidOperationException">As for a file.</exception>
    public static void SaveOnnx<TModel>(this TModel model, Stream stream, OnnxOptions? options = null)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(ToBytes(model, options));
    }

    private static byte[] ToBytes<TModel>(TModel model, OnnxOptions? options)
        where TModel : class, IPackedModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelWriter(TModel.Layout, new WeightCollection(TModel.Layout, model.PackedWeights), options ?? new OnnxOptions()).Write().ToByteArray();
    }
}
