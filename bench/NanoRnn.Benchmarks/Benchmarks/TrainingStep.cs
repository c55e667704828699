using BenchmarkDotNet.Attributes;
using NanoRnn.Benchmarks.Models;

namespace NanoRnn.Benchmarks;

/// <summary>One call of <c>TrainBatch</c>: forward, backward and Adam on one batch. See <see cref="TrainingTask"/> for the tasks.</summary>
[MemoryDiagnoser]
public class TrainingStep
{
    private TrainingRun _run = null!;

    /// <summary>Name of the task.</summary>
    [Params("seed_rnn32", "seed_lstm50", "seed_gru50", "heavy_lstm128", "conv_lstm64")]
    public string Task { get; set; } = "";

    /// <summary>Makes the model, its trainer and its data.</summary>
    [GlobalSetup]
    public void CreateRun() => _run = TrainingTask.All.Single(task => task.Name == Task).Start();

    /// <summary>Ends the trainer.</summary>
    [GlobalCleanup]
    public void DisposeRun() => _run.Dispose();

    /// <summary>What is measured.</summary>
    /// <returns>The loss.</returns>
    [Benchmark]
    public float TrainBatch() => _run.TrainBatch();
}
