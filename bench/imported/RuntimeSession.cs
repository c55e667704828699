using Microsoft.ML.OnnxRuntime;

namespace NanoRnn.Imported;

/// <summary>A file as ONNX Runtime runs it on one thread, with memory that is allocated once; states go in and out.</summary>
internal sealed class RuntimeSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    /// <param name="file">The file.</param>
    /// <param name="input">What its first input is given.</param>
    /// <param name="steps">Steps of it.</param>
    /// <param name="features">Features of a step.</param>
    public RuntimeSession(string file, float[] input, int steps, int features)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        _session = new InferenceSession(file, options);
        (_inputNames, _outputNames) = ([.. _session.InputMetadata.Keys], [.. _session.OutputMetadata.Keys]);
        _inputs =
        [
            OrtValue.CreateTensorValueFromMemory(input, [1, steps, features]),
            .. _inputNames[1..].Select(name => Zeros(Array.ConvertAll(_session.InputMetadata[name].Dimensions, size => (long)size))),
        ];
        using var results = _session.Run(_options, _inputNames, _inputs, _outputNames);
        _outputs = [.. results.Select(result => Zeros(result.GetTensorTypeAndShape().Shape))];
    }

    public int OutputLength => Output.Length;

    public float[] Output => _outputs[0].GetTensorDataAsSpan<float>().ToArray();

    public void Run() => _session.Run(_options, _inputNames, _inputs, _outputNames, _outputs);

    public void Dispose()
    {
        foreach (var value in (OrtValue[])[.. _inputs, .. _outputs])
            value.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    private static OrtValue Zeros(long[] shape) => OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, (product, size) => product * size)], shape);
}
