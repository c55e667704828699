using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NanoRnn.CompilerServices;

namespace NanoRnn.Onnx.Tests;

/// <summary>A model as ONNX Runtime runs it.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;

    private OnnxSession(InferenceSession session) => _session = session;

    /// <summary>The names of all inputs and outputs with their shapes, in which dimensions of any size have names.</summary>
    public IEnumerable<string> Signature => _session.InputMetadata.Concat(_session.OutputMetadata).Select(value =>
        $"{value.Key} [{string.Join(", ", value.Value.Dimensions.Select((size, i) => size < 0 ? value.Value.SymbolicDimensions[i] : $"{size}"))}]");

    public static OnnxSession Of<TModel>(TModel model, OnnxOptions? options = null)
        where TModel : class, IPackedModel<TModel>
    {
        using var stream = new MemoryStream();
        model.SaveOnnx(stream, options);
        using var sessionOptions = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new OnnxSession(new InferenceSession(stream.ToArray(), sessionOptions));
    }

    public void Dispose() => _session.Dispose();

    /// <summary>All outputs by their names.</summary>
    public Dictionary<string, float[]> Run<TInput>(TInput[] inputs, int[] shape, params (string Name, int[] Shape, float[] Values)[] states)
        where TInput : unmanaged
    {
        NamedOnnxValue[] values =
        [
            NamedOnnxValue.CreateFromTensor("input", new DenseTensor<TInput>(inputs, shape)),
            .. states.Select(state => NamedOnnxValue.CreateFromTensor(state.Name, new DenseTensor<float>(state.Values, [shape[0], .. state.Shape]))),
        ];
        using var results = _session.Run(values);
        return results.ToDictionary(result => result.Name, result => result.AsTensor<float>().ToArray());
    }
}
