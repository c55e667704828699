namespace NanoRnn;

public sealed partial class SequenceDataset
{
    /// <summary>
    /// Cuts the dataset in two, in order: the first ⌊<see cref="Count"/> · <paramref name="fraction"/>⌋ samples, and the others but those
    /// of a gap between.
    /// </summary>
    /// <param name="fraction">Share of the first part, between 0 and 1.</param>
    /// <param name="gap">
    /// Samples between the parts that are left out, at least 0. Overlapping windows overlap across the cut too; a gap of
    /// <see cref="Overlap"/> keeps the parts apart.
    /// </param>
    /// <returns>Two views of the same memory. Either may be empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is outside 0 … 1, or <paramref name="gap"/> is negative.</exception>
    public (SequenceDataset First, SequenceDataset Last) Split(double fraction, int gap = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        var count = CountOf(fraction);
        return (Take(count), Skip((int)Math.Min(Count, (long)count + gap)));
    }

    /// <summary>The first samples.</summary>
    /// <param name="count">0 … <see cref="Count"/>.</param>
    /// <returns>A view of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public SequenceDataset Take(int count) => Slice(0, count);

    /// <summary>All samples but the first.</summary>
    /// <param name="count">0 … <see cref="Count"/>: how many to leave out.</param>
    /// <returns>A view of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public SequenceDataset Skip(int count)
    {
        CheckRange(count, Count, nameof(count));
        return Slice(count, Count - count);
    }

    /// <summary>Consecutive samples.</summary>
    /// <param name="start">Index of the first, 0 … <see cref="Count"/>.</param>
    /// <param name="count">How many, 0 … <see cref="Count"/> − <paramref name="start"/>.</param>
    /// <returns>A view of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public SequenceDataset Slice(int start, int count)
    {
        CheckRange(start, Count, nameof(start));
        CheckRange(count, Count - start, nameof(count));
        return Positions.IsEmpty
            ? new SequenceDataset(this, default, First + start, count)
            : new SequenceDataset(this, Positions.Slice(start, count), 0, count);
    }

    /// <summary>Some samples, in any order.</summary>
    /// <param name="indices">Their indices, each 0 … <see cref="Count"/> − 1; one may come more than once.</param>
    /// <returns>A view of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public SequenceDataset Subset(ReadOnlySpan<int> indices)
    {
        var positions = indices.ToArray();
        foreach (ref var position in positions.AsSpan())
        {
            CheckIndex(position);
            position = PositionOf(position);
        }

        return new SequenceDataset(this, positions, 0, positions.Length);
    }

    /// <summary>All samples in a random order, to be cut by <see cref="Split"/>; training shuffles by itself in every epoch.</summary>
    /// <param name="seed">The same seed gives the same order everywhere.</param>
    /// <returns>A view of the same memory.</returns>
    public SequenceDataset Shuffle(int seed) => Subset(ShuffledIndices(seed));

    /// <summary>
    /// Samples for states that go on from batch to batch (<see cref="TrainerOptions.CarryState"/>), Keras's stateful layers. Samples that
    /// follow each other are cut into as many lanes as a batch has sequences; sequence i of each batch is the next sample of lane i.
    /// </summary>
    /// <param name="batchSize">Sequences of a batch, from 1 to <see cref="Count"/>.</param>
    /// <returns>A view of the same memory. The last <see cref="Count"/> % <paramref name="batchSize"/> samples, which fill no batch, are left out.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is less than 1 or greater than <see cref="Count"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The samples are not in order, or windows do not begin where the ones before end: <see cref="WindowOptions.SequenceStride"/> is another
    /// than <see cref="WindowOptions.SequenceLength"/> · <see cref="WindowOptions.SamplingRate"/>, or the series has gaps.
    /// </exception>
    public SequenceDataset InLanes(int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, Count);
        if (!IsConsecutive || !Positions.IsEmpty)
        {
            throw new InvalidOperationException(
                "Lanes need samples that follow each other: in order, without gaps, and of windows those with " +
                $"{nameof(WindowOptions.SequenceStride)} = {nameof(WindowOptions.SequenceLength)} · {nameof(WindowOptions.SamplingRate)}.");
        }

        var length = Count / batchSize;
        var positions = new int[length * batchSize];
        for (var i = 0; i < positions.Length; i++)
            positions[i] = PositionOf(i % batchSize * length + i / batchSize);
        return new SequenceDataset(this, positions, 0, positions.Length);
    }

    /// <summary>⌊<see cref="Count"/> · <paramref name="fraction"/>⌋.</summary>
    private int CountOf(double fraction) => fraction is >= 0 and <= 1
        ? (int)(Count * fraction)
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction must be between 0 and 1.");

    private int[] ShuffledIndices(int seed)
    {
        var indices = new int[Count];
        for (var i = 0; i < indices.Length; i++)
            indices[i] = i;
        new RandomGenerator((uint)seed).Shuffle(indices.AsSpan());
        return indices;
    }

    private static void CheckRange(int value, int maximum, string parameter)
    {
        if ((uint)value > (uint)maximum)
            throw new ArgumentOutOfRangeException(parameter, value, $"Expected 0 to {maximum}.");
    }
}
