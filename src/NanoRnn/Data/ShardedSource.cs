namespace NanoRnn;

/// <summary>Batches of a <see cref="ShardedDataset"/>. A place is the number of a sample where those of all shards lie one behind the other.</summary>
internal sealed class ShardedSource : SampleSource
{
    private readonly SequenceDataset?[] _parts;
    private readonly int _samplesPerShard;
    private readonly bool _shuffles;

    /// <summary>The order of each shard's samples.</summary>
    private readonly int[] _order;
    private readonly int[] _places;

    /// <param name="dataset">The samples.</param>
    /// <param name="options">The trainer's.</param>
    public ShardedSource(ShardedDataset dataset, TrainerOptions options)
    {
        (_parts, _samplesPerShard, _shuffles) = (new SequenceDataset?[options.Shards], dataset.SamplesPerShard, options.Shuffle);
        var processes = options.Processes;
        for (var shard = processes?.Rank ?? 0; shard < _parts.Length; shard += processes?.Size ?? 1)
            _parts[shard] = dataset.Load(shard);
        Count = checked(_parts.Length * _samplesPerShard);
        (_order, _places) = (new int[Count], new int[options.BatchSize]);
    }

    public override int Count { get; }

    /// <summary>The parts that this process has.</summary>
    public IEnumerable<SequenceDataset> Parts
    {
        get
        {
            foreach (var part in _parts)
            {
                if (part is not null)
                    yield return part;
            }
        }
    }

    public override void Begin(ref RandomGenerator random)
    {
        // One number for all shards, so that the generator moves on alike in all processes.
        var seed = _shuffles ? random.NextUInt64() : 0;
        for (var i = 0; i < Count; i++)
            _order[i] = i;
        for (var shard = 0; _shuffles && shard < _parts.Length; shard++)
            new RandomGenerator(seed + (ulong)shard).Shuffle(_order.AsSpan(shard * _samplesPerShard, _samplesPerShard));
    }

    public override ReadOnlySpan<int> Take(int first, int count)
    {
        // All shards have as many samples and every batch as many of each, so both numbers are multiples of the shards.
        var (firstOfShard, rows) = (first / _parts.Length, count / _parts.Length);
        for (var shard = 0; shard < _parts.Length; shard++)
            _order.AsSpan(shard * _samplesPerShard + firstOfShard, rows).CopyTo(_places.AsSpan(shard * rows));
        return _places.AsSpan(0, count);
    }

    public override SequenceDataset Find(int place, out int sample)
    {
        (var shard, sample) = int.DivRem(place, _samplesPerShard);
        return _parts[shard]!;
    }

    public override int NumberOf(int place) => place;
}
