using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks;

/// <summary>A large model with random weights: the first one of a process, compiling included, which is what a program waits for.</summary>
[SimpleJob(RunStrategy.ColdStart, launchCount: 5, iterationCount: 1)]
public class Construction
{
    /// <summary>Units of its LSTM.</summary>
    [Params(1024, 4096)]
    public int Units { get; set; }

    /// <summary>What is measured.</summary>
    /// <returns>The model.</returns>
    [Benchmark]
    public object Create() => Units == 1024 ? new Lstm1024() : new Lstm4096();
}
