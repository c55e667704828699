using System.Diagnostics;
using System.Globalization;
using NanoRnn.CompilerServices;
using NanoRnn.Mpi;

namespace NanoRnn.Scale;

/// <summary>How long a step takes, and how much of it the exchange.</summary>
internal static class Measurement
{
    private const int WarmUp = 5;
    private const int Repeats = 5;

    /// <summary>Trains for some steps and prints the fastest of several runs.</summary>
    public static void RunSteps(string task, TrainerOptions options, int steps, MpiProcessGroup? processes)
    {
        var random = new Random(1);
        if (task == "heavy_lstm128")
        {
            float[] inputs = [.. Enumerable.Range(0, options.BatchSize * 50 * 32).Select(_ => random.NextSingle())];
            float[] targets = [.. Enumerable.Range(0, options.BatchSize).Select(_ => random.NextSingle())];
            Run(new HeavyLstm128(), options, trainer => trainer.TrainBatch(inputs, targets), task, steps, processes);
        }
        else if (task == "softmax10000")
        {
            int[] tokens = [.. Enumerable.Range(0, options.BatchSize * 20).Select(_ => random.Next(10_000))];
            Run(
                new Softmax10000(), options with { Loss = Loss.SparseCategoricalCrossentropy }, trainer => trainer.TrainBatch(tokens, tokens), task, steps, processes);
        }
        else
        {
            throw new ArgumentException($"There is no task {task}: heavy_lstm128, softmax10000.", nameof(task));
        }
    }

    /// <summary>Exchanges messages of many sizes as a step does, and prints how long it takes: what the cost model is fitted to.</summary>
    public static void RunExchange(MpiProcessGroup processes)
    {
        for (var bytes = 1 << 10; bytes <= 1 << 25; bytes <<= 3)
        {
            var part = bytes / processes.Size;
            byte[] sent = GC.AllocateArray<byte>(part * processes.Size, pinned: true), received = GC.AllocateArray<byte>(part * processes.Size, pinned: true);
            var fastest = double.MaxValue;
            var count = Math.Clamp((1 << 25) / bytes, 3, 1000);
            for (var repeat = 0; repeat < Repeats; repeat++)
            {
                var start = Stopwatch.GetTimestamp();
                for (var i = 0; i < count; i++)
                {
                    processes.BeginAllToAll(sent, received);
                    processes.EndAllToAll();
                    processes.AllGather(sent.AsSpan(0, part), received);
                }

                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalMilliseconds / count);
            }

            if (processes.Rank == 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"exchange of {bytes,9} bytes: {fastest,9:F4} ms"));
        }
    }

    private static void Run<TModel>(
        TModel model, TrainerOptions options, Action<Trainer<TModel>> step, string task, int steps, MpiProcessGroup? processes)
        where TModel : class, IRnnModel<TModel>
    {
        using var trainer = new Trainer<TModel>(model, options);
        for (var i = 0; i < WarmUp; i++)
            step(trainer);
        var (fastest, exchange) = (double.MaxValue, 0.0);
        var sent = processes?.BytesSent ?? 0;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var (start, before) = (Stopwatch.GetTimestamp(), processes?.ExchangeTime ?? TimeSpan.Zero);
            for (var i = 0; i < steps; i++)
                step(trainer);
            var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds / steps;
            if (time < fastest)
                (fastest, exchange) = (time, ((processes?.ExchangeTime ?? TimeSpan.Zero) - before).TotalMilliseconds / steps);
        }

        if (options.Processes is { Rank: > 0 })
            return;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{task}: {trainer.PackedGradients.Length} weights, {options.BatchSize} rows, {processes?.Size ?? 1} processes of {options.Threads} threads, {options.Shards} shards, {options.GradientPrecision}: " +
            $"{fastest:F3} ms a step, of which in the exchange {exchange:F3} ms, {((processes?.BytesSent ?? 0) - sent) / (Repeats * (long)steps)} bytes sent"));
    }
}
