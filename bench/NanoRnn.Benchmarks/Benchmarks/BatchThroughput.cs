using BenchmarkDotNet.Attributes;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks;

/// <summary>Many sequences of 100 steps in one call of <c>PredictBatch</c>, Dense(1) on every step. Per call.</summary>
[MemoryDiagnoser]
public class BatchThroughput
{
    private float[] _sequences = [];
    private float[] _outputs = [];
    private InferenceModel _model = null!;

    /// <summary>The layer.</summary>
    [ParamsAllValues]
    public Cell Cell { get; set; }

    /// <summary>Its size.</summary>
    [Params(32, 128)]
    public int Units { get; set; }

    /// <summary>Number of sequences.</summary>
    [Params(32, 256)]
    public int BatchSize { get; set; }

    /// <summary>Makes the model and its input.</summary>
    [GlobalSetup]
    public void CreateModel()
    {
        _model = InferenceModels.Create(Cell, Units);
        _sequences = [.. Enumerable.Repeat(Signal.Create(), BatchSize).SelectMany(sequence => sequence)];
        _outputs = new float[_sequences.Length];
    }

    /// <summary>What is measured.</summary>
    [Benchmark]
    public void PredictBatch() => _model.PredictBatch(_sequences, Signal.Steps, _outputs);
}
