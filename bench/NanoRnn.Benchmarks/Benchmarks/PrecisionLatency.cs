using BenchmarkDotNet.Attributes;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks;

/// <summary>A stream of 100 steps, Dense(1) on every step, for each cell, size and precision of the weights. Per step.</summary>
[MemoryDiagnoser]
public class PrecisionLatency
{
    private readonly float[] _inputs = Signal.Create();
    private readonly float[] _outputs = new float[Signal.Steps];
    private InferenceModel _model = null!;

    /// <summary>The layer.</summary>
    [ParamsAllValues]
    public Cell Cell { get; set; }

    /// <summary>Its size.</summary>
    [Params(8, 16, 32, 64, 128, 256)]
    public int Units { get; set; }

    /// <summary>How its kernels are stored.</summary>
    [Params(Precision.Float32, Precision.BFloat16, Precision.Float16, Precision.Int8)]
    public Precision Precision { get; set; }

    /// <summary>Makes the model.</summary>
    [GlobalSetup]
    public void CreateModel() => _model = InferenceModels.Create(Cell, Units, Precision);

    /// <summary>What is measured, 100 times.</summary>
    [Benchmark(OperationsPerInvoke = Signal.Steps)]
    public void Step() => _model.Stream(_inputs, _outputs);
}
