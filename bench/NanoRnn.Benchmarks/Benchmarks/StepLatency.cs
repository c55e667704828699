using BenchmarkDotNet.Attributes;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks;

/// <summary>The sequence as a stream: one call of a session's <c>Step</c> each, the state carried along.</summary>
public class StepLatency : Latency
{
    /// <summary>What is measured, 100 times.</summary>
    [Benchmark(OperationsPerInvoke = Signal.Steps)]
    public void Step() => Model.Stream(Inputs, Outputs);
}
