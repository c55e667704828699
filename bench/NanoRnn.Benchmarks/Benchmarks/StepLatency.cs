using BenchmarkDotNet.Attributes;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks;

/// <summary>A time step of a stream: one call of a session's <c>Step</c>, the state carried along. Per step.</summary>
[MemoryDiagnoser]
public class StepLatency
{
    private readonly float[] _signal = Signal.Create();
    private readonly float[] _outputs = new float[Signal.Steps];
    private InferenceModel _model = null!;

    /// <summary>The layer.</summary>
    [ParamsAllValues]
    public Cell Cell { get; set; }

    /// <summary>Its size.</summary>
    [Params(8, 16, 32, 64, 128, 256)]
    public int Units { get; set; }

    /// <summary>Makes the model.</summary>
    [GlobalSetup]
    public void CreateModel() => _model = InferenceModels.Create(Cell, Units);

    /// <summary>What is measured, 100 times.</summary>
    [Benchmark(OperationsPerInvoke = Signal.Steps)]
    public void Step() => _model.Stream(_signal, _outputs);
}
