namespace NanoRnn;

/// <summary>How batches are cut into shards: by rows, as equal as can be, the first ones a row longer.</summary>
/// <param name="Shards">How many there are; of a small batch the last ones are empty.</param>
internal readonly record struct ShardPlan(int Shards)
{
    /// <summary>Rows of the largest shard of a batch.</summary>
    public int LargestOf(int rows) => (rows - 1) / Shards + 1;

    /// <summary>The first row of a shard.</summary>
    public int FirstRow(int shard, int rows)
    {
        var (count, longer) = int.DivRem(rows, Shards);
        return shard * count + Math.Min(shard, longer);
    }

    /// <summary>Rows of a shard.</summary>
    public int RowsOf(int shard, int rows) => FirstRow(shard + 1, rows) - FirstRow(shard, rows);
}
