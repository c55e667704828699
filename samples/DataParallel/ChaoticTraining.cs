using System.Security.Cryptography;
using NanoRnn;
using Samples;

namespace DataParallel;

/// <summary>Trains in as many processes as there are; what it prints is the same for any number.</summary>
internal static class ChaoticTraining
{
    /// <summary>Parts of every batch, and of the data. At most as many processes can share them; the weights depend on their number alone.</summary>
    private const int Shards = 4;
    private const int SamplesPerShard = 2000;
    private const int ValidationSeed = 15;

    public static void Run(Options options, IProcessGroup? processes, TextWriter output)
    {
        Directory.CreateDirectory(options.Output!);
        var model = new ChaoticModel(options.Seed);
        using var trainer = new Trainer<ChaoticModel>(model, new TrainerOptions
        {
            Optimizer = Optimizer.Adam(0.002), Seed = options.Seed, Shards = Shards, Processes = processes,
        });

        // Each process makes, or would read, the samples of its own shards.
        var training = new ShardedDataset(SamplesPerShard, shard => MackeyGlass.Create(shard, SamplesPerShard, trainer.Options.TimeSteps));
        var validation = MackeyGlass.Create(ValidationSeed, 500, trainer.Options.TimeSteps);

        // Started again after a process has died, it goes on where it was, to the bits of a run that nothing has interrupted.
        var backup = new BackupAndRestore(Path.Combine(options.Output!, "backup.safetensors"), saveFrequency: 20);
        var history = trainer.Fit(training, options.Epochs, validation, backup);

        // Process 0 alone writes files and prints; SaveModel does nothing in the others.
        trainer.SaveModel(Path.Combine(options.Output!, "model.safetensors"));
        if (processes is { Rank: > 0 })
            return;
        for (var epoch = 0; epoch < history.Loss.Count; epoch++)
            output.WriteLine(FormattableString.Invariant($"epoch {epoch + 1}: loss {history.Loss[epoch]:G9}, of new data {history["val_loss"][epoch]:G9}"));
        output.WriteLine($"{processes?.Size ?? 1} of at most {Shards} processes; weights {Convert.ToHexString(SHA256.HashData(model.ToBytes()))[..16]}");
    }
}
