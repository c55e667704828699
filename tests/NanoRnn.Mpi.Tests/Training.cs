using System.Globalization;
using NanoRnn.CompilerServices;

namespace NanoRnn.Mpi.Tests;

/// <summary>What the processes do that the tests start: this assembly is their program.</summary>
internal static class Training
{
    public const int Shards = 4;

    private const int Steps = 6;
    private const int BatchSize = 12;
    private const int Batches = 100;
    private static readonly TimeSpan FailingTimeout = TimeSpan.FromSeconds(2);

    public static readonly Dictionary<string, TrainerOptions> Cases = new()
    {
        ["sgd"] = new() { Optimizer = Optimizer.Sgd(0.05) },
        ["adam"] = new() { Optimizer = Optimizer.Adam(0.01), Metrics = [Metric.MeanAbsoluteError] },
        ["carried"] = new() { Optimizer = Optimizer.Adam(0.01), CarryState = true, Shuffle = false },
        ["rounded"] = new() { Optimizer = Optimizer.Adam(0.01), GradientPrecision = Precision.BFloat16 },
    };

    public static int Main(string[] args)
    {
        using var processes = MpiProcessGroup.StartIfLaunched(args is ["failing"] ? FailingTimeout : null);
        switch (args)
        {
            case ["steps", var name, var threads, var folder]:
                var result = RunSteps(name, processes, int.Parse(threads, CultureInfo.InvariantCulture), out var allocated);
                Write(Path.Combine(folder, $"{processes!.Rank}.bits"), result);
                File.WriteAllText(Path.Combine(folder, $"{processes.Rank}.allocated"), allocated.ToString(CultureInfo.InvariantCulture));
                return 0;
            case ["fit", var backup, var folder]:
                File.WriteAllText(Path.Combine(folder, $"{processes!.Rank}.pid"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                Write(Path.Combine(folder, $"{processes.Rank}.bits"), RunFit(processes, new BackupAndRestore(backup, saveFrequency: 3)));
                return 0;
            case ["failing"]:
                return Fail(processes!);
            case ["misused"]:
                return Misuse(processes!);
            default:
                Console.Error.WriteLine("usage: steps <case> <threads> <folder> | fit <backup> <folder> | failing | misused");
                return 2;
        }
    }

    /// <summary>Losses and weights of a hundred batches.</summary>
    public static float[] RunSteps(string name, IProcessGroup? processes, int threads, out long allocated)
    {
        var options = Cases[name] with { Shards = Shards, Processes = processes, Threads = threads };
        return options.CarryState ? RunSteps(new Follower(seed: 5), options, out allocated) : RunSteps(new Forecaster(seed: 5), options, out allocated);
    }

    /// <summary>The weights of a training that saves itself every few batches, with dropout and a random order.</summary>
    public static float[] RunFit(IProcessGroup? processes, params Callback[] callbacks)
    {
        using var trainer = new Trainer<Forecaster>(new Forecaster(seed: 5), Cases["adam"] with { Shards = Shards, Processes = processes });
        var data = new SequenceDataset(Numbers(1, 101 * Steps * 2), Numbers(2, 101), Steps, 2, 1);
        trainer.Fit(data, 150, null, callbacks);
        return trainer.PackedWeights.ToArray();
    }

    private static float[] RunSteps<TModel>(TModel model, TrainerOptions options, out long allocated)
        where TModel : class, IRnnModel<TModel>
    {
        using var trainer = new Trainer<TModel>(model, options);
        var (inputs, targets) = (Numbers(1, BatchSize * Steps * 2), Numbers(2, BatchSize));
        var losses = new float[Batches];
        losses[0] = trainer.TrainBatch(inputs, targets);

        // Once, since all processes have to take the same steps; no collection comes between in so short a program.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var batch = 1; batch < Batches; batch++)
        {
            inputs[batch % inputs.Length] = batch / 100f;
            losses[batch] = trainer.TrainBatch(inputs, targets);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return [.. losses, .. trainer.PackedWeights];
    }

    /// <summary>One process makes a mistake that it catches, and leaves.</summary>
    private static int Fail(MpiProcessGroup processes)
    {
        using var trainer = new Trainer<Forecaster>(new Forecaster(seed: 5), new TrainerOptions { Shards = Shards, Processes = processes });
        var inputs = Numbers(1, BatchSize * Steps * 2);
        try
        {
            trainer.TrainBatch(inputs, Numbers(2, BatchSize));
            trainer.TrainBatch(processes.Rank == 1 ? inputs.AsSpan(1) : inputs, Numbers(2, BatchSize));
            return 0;
        }
        catch (Exception mistake) when (mistake is ArgumentException or MpiException)
        {
            Console.Error.WriteLine(mistake.Message);
            return 3;
        }
    }

    /// <summary>Calls that are refused, and an error of MPI's.</summary>
    private static int Misuse(MpiProcessGroup processes)
    {
        foreach (var call in new Action[] { processes.EndAllToAll, () => processes.AllGather(new byte[4], new byte[3]) })
        {
            try
            {
                call();
            }
            catch (Exception mistake) when (mistake is ArgumentException or InvalidOperationException)
            {
                Console.Error.WriteLine(mistake.Message);
            }
        }

        Console.Error.WriteLine(LibMpi.NameOf(5));
        return 0;
    }

    private static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
            number = random.NextSingle() * 2 - 1;
        return numbers;
    }

    private static void Write(string path, float[] numbers) => File.WriteAllBytes(path, [.. numbers.SelectMany(BitConverter.GetBytes)]);
}
