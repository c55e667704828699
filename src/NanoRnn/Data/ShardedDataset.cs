namespace NanoRnn;

/// <summary>
/// Samples in parts, one for each shard of a batch (<see cref="TrainerOptions.Shards"/>), so that a process reads and holds those of its own
/// shards alone. A batch has as many samples of each part; the order is random within a part.
/// </summary>
/// <example>
/// Files that each process reads its part of:
/// <code>
/// var training = new ShardedDataset(samplesPerShard: 25_000, shard => Read($"part-{shard}.bin"));
/// using var trainer = new Trainer&lt;Forecaster&gt;(model, new TrainerOptions { Shards = 8, BatchSize = 64, Processes = processes });
/// trainer.Fit(training, epochs: 10);
/// </code>
/// </example>
public sealed class ShardedDataset
{
    private readonly Func<int, SequenceDataset> _load;

    /// <summary>Samples of which each shard has as many.</summary>
    /// <param name="samplesPerShard">How many a shard has, at least 1.</param>
    /// <param name="load">The samples of a shard, by its number from 0; asked once when <c>Fit</c> begins, for the shards that the process computes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samplesPerShard"/> is less than 1.</exception>
    public ShardedDataset(int samplesPerShard, Func<int, SequenceDataset> load)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerShard, 1);
        ArgumentNullException.ThrowIfNull(load);
        (SamplesPerShard, _load) = (samplesPerShard, load);
    }

    /// <summary>Samples of each shard.</summary>
    public int SamplesPerShard { get; }

    /// <summary>The samples of a shard.</summary>
    /// <exception cref="InvalidOperationException">There are none, or not as many as there should be.</exception>
    internal SequenceDataset Load(int shard)
    {
        var samples = _load(shard) ?? throw new InvalidOperationException($"The samples of shard {shard} are null.");
        return samples.Count == SamplesPerShard
            ? samples
            : throw new InvalidOperationException($"Expected {SamplesPerShard} samples of shard {shard}, found {samples.Count}.");
    }
}
