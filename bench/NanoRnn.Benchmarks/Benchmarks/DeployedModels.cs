using BenchmarkDotNet.Attributes;
using Microsoft.ML.OnnxRuntime;
using NanoRnn.Deployed.Tests;

namespace NanoRnn.Benchmarks;

/// <summary>One step of models that people deploy, beside ONNX Runtime on one thread with its memory bound beforehand.</summary>
/// <remarks>The files of the models are in the folder that the environment variable NANORNN_MODELS names.</remarks>
public class DeployedModels : IDisposable
{
    private readonly float[] _frame = Create(RnNoise.InputSize), _gains = new float[RnNoise.OutputSize];
    private readonly float[] _magnitudes = Create(DtlnMask.InputSize), _mask = new float[DtlnMask.OutputSize];
    private readonly float[] _samples = Create(DtlnFilter.InputSize), _filtered = new float[DtlnFilter.OutputSize];
    private readonly RnNoise.Session _rnNoise = new RnNoise(seed: 1).CreateSession();
    private readonly DtlnMask.Session _dtlnMask = new DtlnMask(seed: 1).CreateSession();
    private readonly DtlnFilter.Session _dtlnFilter = new DtlnFilter(seed: 1).CreateSession();
    private OnnxStep? _onnxMask;
    private OnnxStep? _onnxFilter;

    /// <summary>Loads the files.</summary>
    [GlobalSetup]
    public void Load()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("NANORNN_MODELS") ?? throw new InvalidOperationException("Set NANORNN_MODELS."), "dtln");
        _onnxMask = new OnnxStep(Path.Combine(folder, "model_1.onnx"), _magnitudes);
        _onnxFilter = new OnnxStep(Path.Combine(folder, "model_2.onnx"), _samples);
    }

    /// <summary>RNNoise, a frame.</summary>
    [Benchmark]
    public void RnNoiseFrame() => _rnNoise.Step(_frame, _gains);

    /// <summary>DTLN's first part, a block.</summary>
    [Benchmark]
    public void DtlnMaskBlock() => _dtlnMask.Step(_magnitudes, _mask);

    /// <summary>The same in ONNX Runtime.</summary>
    [Benchmark]
    public void DtlnMaskBlockOnnx() => _onnxMask!.Run();

    /// <summary>DTLN's second part, a block.</summary>
    [Benchmark]
    public void DtlnFilterBlock() => _dtlnFilter.Step(_samples, _filtered);

    /// <summary>The same in ONNX Runtime.</summary>
    [Benchmark]
    public void DtlnFilterBlockOnnx() => _onnxFilter!.Run();

    /// <summary>Ends the sessions.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _onnxMask?.Dispose();
        _onnxFilter?.Dispose();
        _rnNoise.Dispose();
        _dtlnMask.Dispose();
        _dtlnFilter.Dispose();
    }

    private static float[] Create(int count)
    {
        var random = new RandomGenerator(seed: 1);
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
            value = random.NextUniform(0, 0.1f);
        return values;
    }

    /// <summary>A model with one input, one output, and a state that goes in and comes out.</summary>
    private sealed class OnnxStep : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly RunOptions _options = new();
        private readonly OrtValue[] _inputs;
        private readonly OrtValue[] _outputs;
        private readonly OrtValue[] _otherInputs;
        private readonly OrtValue[] _otherOutputs;
        private bool _isOdd;

        public OnnxStep(string path, float[] input)
        {
            const int StateLength = 2 * 128 * 2;
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            _session = new InferenceSession(path, options);
            var value = OrtValue.CreateTensorValueFromMemory(input, [1, 1, input.Length]);
            var output = OrtValue.CreateTensorValueFromMemory(new float[input.Length], [1, 1, input.Length]);
            var (state, next) = (State(), State());
            (_inputs, _outputs) = ([value, state], [output, next]);
            (_otherInputs, _otherOutputs) = ([value, next], [output, state]);

            static OrtValue State() => OrtValue.CreateTensorValueFromMemory(new float[StateLength], [1, 2, 128, 2]);
        }

        public void Run()
        {
            _session.Run(
                _options, _session.InputNames, _isOdd ? _otherInputs : _inputs, _session.OutputNames, _isOdd ? _otherOutputs : _outputs);
            _isOdd = !_isOdd;
        }

        public void Dispose()
        {
            foreach (var value in _inputs.Concat(_outputs))
                value.Dispose();
            _options.Dispose();
            _session.Dispose();
        }
    }
}
