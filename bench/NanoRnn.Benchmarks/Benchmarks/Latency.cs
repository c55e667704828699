using BenchmarkDotNet.Attributes;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks;

/// <summary>A single sequence of 100 steps, Dense(1) on every step, for each cell and size. Per step.</summary>
[MemoryDiagnoser]
public abstract class Latency
{
    /// <summary>The layer.</summary>
    [ParamsAllValues]
    public Cell Cell { get; set; }

    /// <summary>Its size.</summary>
    [Params(8, 16, 32, 64, 128, 256)]
    public int Units { get; set; }

    private protected InferenceModel Model { get; private set; } = null!;

    private protected float[] Inputs { get; } = Signal.Create();

    private protected float[] Outputs { get; } = new float[Signal.Steps];

    /// <summary>Makes the model.</summary>
    [GlobalSetup]
    public void CreateModel() => Model = InferenceModels.Create(Cell, Units);
}
