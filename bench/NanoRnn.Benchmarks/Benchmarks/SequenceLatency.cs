using BenchmarkDotNet.Attributes;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks;

/// <summary>A sequence of 100 steps in one call of <c>Predict</c>, Dense(1) on every step. Per step.</summary>
[MemoryDiagnoser]
public class SequenceLatency
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
    public void Predict() => _model.Predict(_signal, _outputs);
}
