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
    private readonly float[] _chunk = Create(SileroVad.InputSize), _speech = new float[SileroVad.OutputSize];
    private readonly SileroVad.Session _silero = new SileroVad(seed: 1).CreateSession();
    private OnnxStep? _onnxMask;
    private OnnxStep? _onnxFilter;
    private OnnxStep? _onnxSilero;

    /// <summary>Loads the files.</summary>
    [GlobalSetup]
    public void Load()
    {
        var folder = Environment.GetEnvironmentVariable("NANORNN_MODELS") ?? throw new InvalidOperationException("Set NANORNN_MODELS.");
        long[] state = [1, 2, 128, 2];
        _onnxMask = new OnnxStep(Path.Combine(folder, "dtln", "model_1.onnx"), Value(_magnitudes, 1, 1, 257), Value(new float[257], 1, 1, 257), state);
        _onnxFilter = new OnnxStep(Path.Combine(folder, "dtln", "model_2.onnx"), Value(_samples, 1, 1, 512), Value(new float[512], 1, 1, 512), state);
        _onnxSilero = new OnnxStep(
            Path.Combine(folder, "silero", "silero_vad_16k_op15.onnx"), Value(_chunk, 1, 576), Value(new float[1], 1, 1), [2, 1, 128],
            OrtValue.CreateTensorValueFromMemory(new long[] { 16000 }, []));

        static OrtValue Value(float[] values, params long[] shape) => OrtValue.CreateTensorValueFromMemory(values, shape);
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

    /// <summary>Silero's detector of voice activity, 32 ms.</summary>
    [Benchmark]
    public void SileroChunk() => _silero.Step(_chunk, _speech);

    /// <summary>The same in ONNX Runtime.</summary>
    [Benchmark]
    public void SileroChunkOnnx() => _onnxSilero!.Run();

    /// <summary>Ends the sessions.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _onnxMask?.Dispose();
        _onnxFilter?.Dispose();
        _onnxSilero?.Dispose();
        _silero.Dispose();
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

    /// <summary>A model with one input, one output, a state that goes in and comes out, and perhaps a number that stays.</summary>
    private sealed class OnnxStep : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly RunOptions _options = new();
        private readonly OrtValue[] _inputs;
        private readonly OrtValue[] _outputs;
        private readonly OrtValue[] _otherInputs;
        private readonly OrtValue[] _otherOutputs;
        private bool _isOdd;

        public OnnxStep(string path, OrtValue input, OrtValue output, long[] stateShape, params OrtValue[] rest)
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            _session = new InferenceSession(path, options);
            var (state, next) = (State(), State());
            (_inputs, _outputs) = ([input, state, .. rest], [output, next]);
            (_otherInputs, _otherOutputs) = ([input, next, .. rest], [output, state]);

            OrtValue State() => OrtValue.CreateTensorValueFromMemory(new float[stateShape.Aggregate(1L, (length, size) => length * size)], stateShape);
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
