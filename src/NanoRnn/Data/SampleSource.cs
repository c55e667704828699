namespace NanoRnn;

/// <summary>Where an epoch's batches come from.</summary>
internal abstract class SampleSource
{
    /// <summary>Samples in an epoch.</summary>
    public abstract int Count { get; }

    /// <summary>Begins an epoch. From the same generator it has the same order again.</summary>
    /// <param name="random">Says the order, and moves on.</param>
    public abstract void Begin(ref RandomGenerator random);

    /// <summary>Takes a batch; batches are asked for in order, but the first ones may be left out.</summary>
    /// <param name="first">Number of its first sample in the epoch.</param>
    /// <param name="count">How many it has.</param>
    /// <returns>Their places, for <see cref="Find"/>, until the next call.</returns>
    public abstract ReadOnlySpan<int> Take(int first, int count);

    /// <summary>Finds a sample of the batch.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="sample">Receives its number in the dataset that is returned.</param>
    public abstract SequenceDataset Find(int place, out int sample);

    /// <summary>The number of a sample in the data, for messages.</summary>
    /// <param name="place">Its place.</param>
    public abstract int NumberOf(int place);
}
