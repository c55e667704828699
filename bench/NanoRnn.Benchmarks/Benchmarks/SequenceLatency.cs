using BenchmarkDotNet.Attributes;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks;

/// <summary>The sequence in one call of <c>Predict</c>.</summary>
public class SequenceLatency : Latency
{
    /// <summary>What is measured, 100 times.</summary>
    [Benchmark(OperationsPerInvoke = Signal.Steps)]
    public void Predict() => Model.Predict(Inputs, Outputs);
}
