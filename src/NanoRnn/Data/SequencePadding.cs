namespace NanoRnn;

/// <summary>Brings sequences to one length, as Keras's <c>pad_sequences</c>.</summary>
public static class SequencePadding
{
    /// <summary>
    /// Copies sequences one behind the other, each padded or cut to the same length: the tokens of a <see cref="SequenceDataset"/>. For
    /// floats there are <paramref name="inputSize"/> numbers in a time step.
    /// </summary>
    /// <param name="sequences">The sequences, each a whole number of time steps.</param>
    /// <param name="maxLength">Time steps of each afterwards, at least 1; default null, those of the longest.</param>
    /// <param name="padding">Where a shorter one is padded. Default at its beginning, as in Keras; lengths need its end.</param>
    /// <param name="truncating">Where a longer one is cut. Default at its beginning, as in Keras.</param>
    /// <param name="value">The padding. Default 0.</param>
    /// <param name="inputSize">Numbers in a time step, at least 1. Default 1.</param>
    /// <typeparam name="T"><see cref="int"/> or <see cref="float"/>.</typeparam>
    /// <returns>Sequences × <paramref name="maxLength"/> × <paramref name="inputSize"/> numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A length or size is less than 1.</exception>
    /// <exception cref="ArgumentException">A sequence is no whole number of time steps.</exception>
    public static T[] PadSequences<T>(
        IReadOnlyList<T[]> sequences, int? maxLength = null, PaddingSide padding = PaddingSide.Pre, PaddingSide truncating = PaddingSide.Pre,
        T value = default, int inputSize = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength ?? 1, 1, nameof(maxLength));
        var longest = 0;
        for (var i = 0; i < sequences.Count; i++)
        {
            longest = Math.Max(longest, sequences[i].Length);
            if (sequences[i].Length % inputSize != 0)
            {
                throw new ArgumentException(
                    $"Sequence {i} has {sequences[i].Length} numbers; expected a multiple of the {inputSize} of one time step.", nameof(sequences));
            }
        }

        var length = maxLength is { } steps ? checked(steps * inputSize) : longest;
        var padded = new T[checked(sequences.Count * length)];
        for (var i = 0; i < sequences.Count; i++)
            Pad(sequences[i], padded.AsSpan(i * length, length), padding, truncating, value);
        return padded;
    }

    /// <summary>The time steps that each sequence has after <see cref="PadSequences"/>, for the lengths of a <see cref="SequenceDataset"/>.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="maxLength">Time steps of each afterwards; default null, no limit.</param>
    /// <param name="inputSize">Numbers in a time step, at least 1. Default 1.</param>
    /// <typeparam name="T"><see cref="int"/> or <see cref="float"/>.</typeparam>
    /// <returns>For each sequence its length, at most <paramref name="maxLength"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A length or size is less than 1.</exception>
    public static int[] GetLengths<T>(IReadOnlyList<T[]> sequences, int? maxLength = null, int inputSize = 1)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength ?? 1, 1, nameof(maxLength));
        var lengths = new int[sequences.Count];
        for (var i = 0; i < lengths.Length; i++)
            lengths[i] = Math.Min(sequences[i].Length / inputSize, maxLength ?? int.MaxValue);
        return lengths;
    }

    /// <summary>Copies one sequence, padded or cut to the length of the destination. Allocates nothing.</summary>
    /// <param name="sequence">The sequence: numbers, or whole time steps of several if the destination is too.</param>
    /// <param name="destination">Receives it.</param>
    /// <param name="padding">Where it is padded if it is shorter. Default at its beginning.</param>
    /// <param name="truncating">Where it is cut if it is longer. Default at its beginning.</param>
    /// <param name="value">The padding. Default 0.</param>
    /// <typeparam name="T"><see cref="int"/> or <see cref="float"/>.</typeparam>
    /// <returns>How many numbers of the sequence are in the destination.</returns>
    public static int Pad<T>(
        ReadOnlySpan<T> sequence, Span<T> destination, PaddingSide padding = PaddingSide.Pre, PaddingSide truncating = PaddingSide.Pre,
        T value = default)
        where T : unmanaged
    {
        var count = Math.Min(sequence.Length, destination.Length);
        var kept = truncating == PaddingSide.Pre ? sequence[(sequence.Length - count)..] : sequence[..count];
        var start = padding == PaddingSide.Pre ? destination.Length - count : 0;
        destination[..start].Fill(value);
        kept.CopyTo(destination[start..]);
        destination[(start + count)..].Fill(value);
        return count;
    }
}
