namespace NanoRnn;

/// <summary>Where an epoch's batches come from.</summary>
internal abstract class SampleSource
{
    /// <summary>Samples in an epoch.</summary>
    public abstract int Count { get; }

    /// <summary>The samples, or those of which a batch is at present.</summary>
    public abstract SequenceDataset Samples { get; }

    /// <summary>Begins an epoch. From the same generator it has the same order again.</summary>
    /// <param name="random">Says the order, and moves on.</param>
    public abstract void Begin(ref RandomGenerator random);

    /// <summary>Takes a batch; batches are asked for in order, but the first ones may be left out.</summary>
    /// <param name="first">Number of its first sample in the epoch.</param>
    /// <param name="count">How many it has.</param>
    /// <returns>Their places in <see cref="Samples"/>, until the next call.</returns>
    public abstract ReadOnlySpan<int> Take(int first, int count);

    /// <summary>The number of a sample in the data, for messages.</summary>
    /// <param name="place">Its place in <see cref="Samples"/>.</param>
    public abstract int NumberOf(int place);
}
