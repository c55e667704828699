using System.Runtime.InteropServices;
using NanoRnn.Tests.Shared;
using NanoRnn.Training.Tests.Metrics;

namespace NanoRnn.Training.Tests.Shards;

/// <summary>Batches in shards: any number of threads and processes that compute them comes to the same bits.</summary>
public class ShardTests
{
    private const int Steps = 5;
    private const int Batches = 20;
    private const int ManySteps = 200;
    private const int OfCollections = 100;

    private static readonly Dictionary<string, TrainerOptions> Cases = new()
    {
        ["sgd"] = new() { Optimizer = Optimizer.Sgd(0.05) },
        ["adam"] = new() { Optimizer = Optimizer.Adam(0.01) with { GlobalClipNorm = 0.5 }, BatchSize = 11, Metrics = [Metric.MeanAbsoluteError, Metric.R2Score] },
        ["carried"] = new() { Optimizer = Optimizer.Adam(0.01), CarryState = true, Shuffle = false, BatchSize = 10 },
        ["checkpoints"] = new() { CarryState = true, Shuffle = false, CheckpointSteps = 2 },
        ["accumulated"] = new() { Optimizer = Optimizer.Sgd(0.05) with { GradientAccumulationSteps = 3, UseEma = true } },
        ["rounded"] = new() { GradientPrecision = Precision.BFloat16, BatchSize = 11 },
    };

    public static TheoryData<string, int, int> Shared()
    {
        var data = new TheoryData<string, int, int>();
        foreach (var name in Cases.Keys)
        {
            foreach (var (processes, threads) in new[] { (1, 2), (2, 1), (2, 2), (3, 1), (4, 1), (4, 2) })
                data.Add(name, processes, threads);
        }

        return data;
    }

    /// <summary>Dropout, a batch at the end that is smaller than the number of shards, lengths and weights are in all of them.</summary>
    [Theory]
    [MemberData(nameof(Shared))]
    public void AnyNumberOfProcessesAndThreadsGivesTheSameBits(string name, int processes, int threads)
    {
        var options = Cases[name] with { Shards = 4 };
        var expected = Train(options);
        var found = ThreadGroup.Run(processes, group => Train(options with { Processes = group, Threads = threads }));
        Assert.All(found, result => Assert.Equal(expected, result));
    }

    /// <summary>The same training but for rounding: shards are weighted by what counts in them, dropout drops the same.</summary>
    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("carried")]
    [InlineData("checkpoints")]
    [InlineData("accumulated")]
    public void ShardsAreTheBatch(string name)
    {
        var (whole, cut) = (Train(Cases[name]), Train(Cases[name] with { Shards = 3 }));
        Assert.Equal(whole.Length, cut.Length);
        for (var i = 0; i < whole.Length; i++)
            Assert.Equal(whole[i], cut[i], 1e-4 * (1 + Math.Abs(whole[i])));
    }

    /// <summary>A shard counts by its steps that count, not by its sequences.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void ShardsAreWeightedByWhatCounts(int shards)
    {
        var options = new TrainerOptions { Loss = Loss.SparseCategoricalCrossentropy, Optimizer = Optimizer.Sgd(1), BatchSize = 4, TimeSteps = Steps };
        var (whole, cut) = (Tag(options), Tag(options with { Shards = shards }));
        for (var i = 0; i < whole.Length; i++)
            Assert.Equal(whole[i], cut[i], 1e-5);

        static float[] Tag(TrainerOptions options)
        {
            using var trainer = new Trainer<Tagger>(new Tagger(seed: 3), options);
            var targets = Enumerable.Range(0, 3 * Steps).Select(step => step % 4).ToArray();
            trainer.TrainBatch(RandomFloats.Of(1, 3 * Steps * 2), targets, lengths: [5, 1, 3], sampleWeight: [1, 0, 2]);
            return trainer.PackedWeights.ToArray();
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    public void StepsAllocateNothing(int processes, int precision)
    {
        var allocated = ThreadGroup.Run(processes, group =>
        {
            var options = Cases["carried"] with { Shards = 4, Processes = group, GradientPrecision = (Precision)precision, Metrics = [Metric.MeanAbsoluteError] };
            using var arena = MemoryArena.Allocate(options.GetMemoryBytes<Forecaster>());
            using var trainer = new Trainer<Forecaster>(new Forecaster(), options, arena);
            Assert.Equal((arena.Length, arena.Length), (arena.Used, trainer.MemoryBytes));
            var (inputs, targets) = (RandomFloats.Of(1, 10 * 10), RandomFloats.Of(2, 10));
            trainer.TrainBatch(inputs, targets);
            if (processes == 1)
                return AllocatedBytes.Of(() => trainer.TrainBatch(inputs, targets));

            // All processes take as many steps, also if one of them sees a collection, which counts as some KiB.
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < ManySteps; step++)
                trainer.TrainBatch(inputs, targets);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / ManySteps;
        });
        Assert.All(allocated, bytes => Assert.InRange(bytes, 0, processes == 1 ? 0 : OfCollections));
    }

    [Fact]
    public void ShardNeedsTheMemoryOfItsRows()
    {
        var options = new TrainerOptions { Optimizer = Optimizer.Sgd(0.1), BatchSize = 64, TimeSteps = 100 };
        Assert.InRange((options with { Shards = 8 }).GetMemoryBytes<Forecaster>(), 1, options.GetMemoryBytes<Forecaster>() / 4);
    }

    [Fact]
    public void MistakeInTheLastShardChangesNothing()
    {
        var options = new TrainerOptions { Loss = Loss.SparseCategoricalCrossentropy, BatchSize = 4, Shards = 2, CarryState = true, Shuffle = false };
        using var trainer = new Trainer<Classifier>(new Classifier(seed: 3), options);
        var inputs = RandomFloats.Of(1, 4 * 10);
        using var other = new Trainer<Classifier>(new Classifier(seed: 3), options);
        var mistake = Assert.Throws<ArgumentException>(() => trainer.TrainBatch(inputs, [0, 1, 2, 3]));
        Assert.Contains("Target 3 of sequence 3 of the batch is no class index", mistake.Message, StringComparison.Ordinal);
        for (var batch = 0; batch < 2; batch++)
            Assert.Equal(other.TrainBatch(inputs, [0, 1, 2, 0]), trainer.TrainBatch(inputs, [0, 1, 2, 0]));
        Assert.Equal(other.PackedWeights.ToArray(), trainer.PackedWeights.ToArray());
    }

    [Fact]
    public void TrainingGoesOnWithAnotherNumberOfProcesses()
    {
        var options = Cases["carried"] with { Shards = 4 };
        var path = Path.GetTempFileName();
        try
        {
            using var expected = Create(options);
            TrainBatches(expected, 0, Batches);
            ThreadGroup.Run(2, group =>
            {
                using var trainer = Create(options with { Processes = group });
                TrainBatches(trainer, 0, Batches / 2);
                trainer.Save(path);
                return 0;
            });
            var found = ThreadGroup.Run(4, group =>
            {
                using var trainer = Create(options with { Processes = group });
                trainer.Load(path);
                TrainBatches(trainer, Batches / 2, Batches);
                return trainer.PackedWeights.ToArray();
            });
            Assert.All(found, weights => Assert.Equal(expected.PackedWeights.ToArray(), weights));
            using var other = new Trainer<Forecaster>(new Forecaster(), options with { Shards = 2 });
            var refused = Assert.Throws<ModelFileException>(() => other.Load(path));
            Assert.Contains("expected a training with 2 shards of a batch, found one with 4", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void OnlyTheFirstProcessWrites()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            ThreadGroup.Run(2, group =>
            {
                using var trainer = new Trainer<Forecaster>(new Forecaster(), new TrainerOptions { Shards = 2, Processes = group });
                var output = new StringWriter();
                trainer.Fit(Dataset(9), 2, null, new ProgressBar(output), new CsvLogger(Path.Combine(folder.FullName, $"{group.Rank}.csv")));
                trainer.Save(Path.Combine(folder.FullName, $"{group.Rank}.training"));
                trainer.SaveModel(Path.Combine(folder.FullName, $"{group.Rank}.model"));
                Assert.Equal(group.Rank == 0, output.ToString().Length > 0);
                return 0;
            });
            Assert.Equal(["0.csv", "0.model", "0.training"], folder.GetFiles().Select(file => file.Name).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void OptionsThatDoNotFitAreRefused()
    {
        Check("Shards is 5, but a batch has 4 sequences", new TrainerOptions { Shards = 5, BatchSize = 4 });
        ThreadGroup.Run(2, group => Check("2 processes share 1 shard: TrainerOptions.Shards must be at least 2", new TrainerOptions { Processes = group }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainerOptions { Shards = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainerOptions { Shards = TrainerOptions.MaxShards + 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainerOptions { GradientPrecision = Precision.Float16 });

        static int Check(string message, TrainerOptions options)
        {
            var refused = Assert.Throws<ArgumentException>(() => new Trainer<Forecaster>(new Forecaster(), options));
            Assert.Contains(message, refused.Message, StringComparison.Ordinal);
            return 0;
        }
    }

    /// <summary>A process asks for the parts of its own shards alone; the bits are those of one that has all.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ProcessesReadTheirParts(bool shuffles)
    {
        var options = new TrainerOptions { Shards = 4, BatchSize = 12, Shuffle = shuffles };
        var expected = FitParts(options, [0, 1, 2, 3]);
        Assert.All(ThreadGroup.Run(2, group => FitParts(options with { Processes = group }, [group.Rank, group.Rank + 2])), found => Assert.Equal(expected, found));
        if (shuffles)
            return;

        // In order, batch after batch of three samples of each part.
        var order = Enumerable.Range(0, 3).SelectMany(batch => Enumerable.Range(0, 4).SelectMany(part => Enumerable.Range(part * 8 + batch * 3, Math.Min(3, 8 - batch * 3))));
        using var trainer = Create(options);
        trainer.Fit(Dataset(32).Subset([.. order]), 2);
        Assert.Equal(expected, trainer.PackedWeights.ToArray());

        static float[] FitParts(TrainerOptions options, int[] parts)
        {
            var asked = new List<int>();
            using var trainer = Create(options);
            trainer.Fit(
                new ShardedDataset(8, shard =>
                {
                    asked.Add(shard);
                    return Dataset(32).Slice(shard * 8, 8);
                }),
                2);
            Assert.Equal(parts, asked);
            return trainer.PackedWeights.ToArray();
        }
    }

    [Fact]
    public void PartsThatDoNotFitAreRefused()
    {
        using var trainer = Create(new TrainerOptions { Shards = 4, BatchSize = 10 });
        var batch = Assert.Throws<ArgumentException>(() => trainer.Fit(new ShardedDataset(8, _ => Dataset(8))));
        Assert.Contains("BatchSize 10 is no multiple of Shards 4", batch.Message, StringComparison.Ordinal);
        using var other = Create(new TrainerOptions { Shards = 4, BatchSize = 12 });
        var count = Assert.Throws<InvalidOperationException>(() => other.Fit(new ShardedDataset(8, shard => Dataset(8 - shard / 3))));
        Assert.Contains("Expected 8 samples of shard 3, found 7", count.Message, StringComparison.Ordinal);
    }

    /// <summary>Losses, metrics and weights of some batches and of two epochs.</summary>
    private static float[] Train(TrainerOptions options)
    {
        using var trainer = Create(options);
        var results = TrainBatches(trainer, 0, Batches);
        var history = trainer.Fit(Dataset(2 * trainer.Options.BatchSize + (options.CarryState ? 0 : 3)), 2, Dataset(2 * trainer.Options.BatchSize));
        foreach (var name in history.Names)
            results.AddRange(history[name]);
        results.AddRange(trainer.PackedWeights);
        Assert.DoesNotContain(results, result => !float.IsFinite(result));
        return [.. results];
    }

    private static Trainer<Forecaster> Create(TrainerOptions options) => new(new Forecaster(seed: 7), options);

    private static List<float> TrainBatches(Trainer<Forecaster> trainer, int first, int end)
    {
        var losses = new List<float>();
        for (var batch = first; batch < end; batch++)
        {
            var rows = trainer.Options.CarryState ? trainer.Options.BatchSize : 1 + batch % trainer.Options.BatchSize;
            var lengths = Enumerable.Range(batch, rows).Select(row => 1 + row % Steps).ToArray();
            var weights = Enumerable.Range(batch, rows).Select(row => row % 3 * 0.75f).ToArray();
            losses.Add(trainer.TrainBatch(
                RandomFloats.Of((uint)batch, rows * Steps * 2),
                RandomFloats.Of((uint)batch + 1000, rows),
                batch % 2 == 0 ? lengths : [],
                batch % 3 == 0 ? weights : []));
        }

        return losses;
    }

    private static SequenceDataset Dataset(int samples) => new(RandomFloats.Of(5, samples * Steps * 2), RandomFloats.Of(6, samples), Steps, 2, 1);
}
