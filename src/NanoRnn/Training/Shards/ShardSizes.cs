namespace NanoRnn;

/// <summary>How much there is of what shards come to, and the memory that it takes to sum it.</summary>
internal sealed record ShardSizes
{
    /// <summary>Floats that a part of a gradient is a multiple of.</summary>
    private const int Granule = 32;

    /// <summary>How batches are cut.</summary>
    public required ShardPlan Plan { get; init; }

    /// <summary>Processes that share the shards.</summary>
    public required int Processes { get; init; }

    /// <summary>Rows of a full batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Floats of the gradient.</summary>
    public required int GradientLength { get; init; }

    /// <summary>Floats of the states of a row that go from batch to batch; 0 if none do.</summary>
    public required int StateLength { get; init; }

    /// <summary>Numbers that a shard comes to beside its gradient.</summary>
    public required int Figures { get; init; }

    /// <summary>Whether gradients have 16 bits where they are exchanged.</summary>
    public required bool IsRounded { get; init; }

    /// <summary>The most shards that one process has.</summary>
    public int Rounds => (Plan.Shards - 1) / Processes + 1;

    /// <summary>Floats of the part of the gradient that a process sums up.</summary>
    public int PartLength => Processes == 1 ? GradientLength : ((GradientLength - 1) / Processes / Granule + 1) * Granule;

    /// <summary>Bytes of that part where it is exchanged.</summary>
    public int PartBytes => PartLength * (IsRounded ? sizeof(ushort) : sizeof(float));

    /// <summary>Floats of the states of a process's shards.</summary>
    public int OwnStates => Rounds * Plan.LargestOf(BatchSize) * StateLength;

    /// <summary>Bytes that a process gives all others: its part of the sum, and the figures and states of its shards.</summary>
    public long GatheredBytes => Whole(PartBytes + (long)Rounds * Figures * sizeof(double) + (long)OwnStates * sizeof(float));

    /// <summary>Bytes of the sum, or a process's part of it.</summary>
    public long Sums => Whole((long)PartLength * sizeof(float));

    /// <summary>Bytes of the states of all shards.</summary>
    public long States => Whole((long)BatchSize * StateLength * sizeof(float));

    /// <summary>Bytes of a gradient on its way: of a shard's that goes, and as many that come.</summary>
    public long Exchanged => Whole((long)PartBytes * Processes);

    /// <summary>Bytes of all buffers.</summary>
    public long Total => Sums + 2 * States + (Processes == 1 ? 0 : 2 * Exchanged + (IsRounded ? Sums : 0) + (Processes + 1) * GatheredBytes);

    /// <summary>Where the states of a shard of a full batch start.</summary>
    public int StateStart(int shard) => Plan.FirstRow(shard, BatchSize) * StateLength;

    /// <summary>Floats of the states of a shard of a full batch.</summary>
    public int StatesOf(int shard) => Plan.RowsOf(shard, BatchSize) * StateLength;

    private static long Whole(long bytes) => (bytes + MemoryArena.Alignment - 1) / MemoryArena.Alignment * MemoryArena.Alignment;
}
