namespace NanoRnn.Fleet;

/// <summary>The updates of a round, in the order of the devices' names: nothing in it depends on when they came.</summary>
public readonly ref struct UpdateTable
{
    private readonly ReadOnlySpan<float> _rows;
    private readonly ReadOnlySpan<uint> _samples;
    private readonly ReadOnlySpan<int> _order;

    /// <param name="rows">Differences from the round's weights, device by device: a number of rows × <paramref name="length"/>.</param>
    /// <param name="samples">The number of samples of each row.</param>
    /// <param name="order">The rows that count, in the order of their devices' names.</param>
    /// <param name="length">Floats of a row.</param>
    /// <exception cref="ArgumentException">There are fewer rows or numbers of samples than <paramref name="order"/> names.</exception>
    public UpdateTable(ReadOnlySpan<float> rows, ReadOnlySpan<uint> samples, ReadOnlySpan<int> order, int length)
    {
        foreach (var row in order)
        {
            if ((uint)row >= (uint)samples.Length || rows.Length / length <= row)
                throw new ArgumentException($"Expected rows and samples for row {row}, found {rows.Length / length} rows of {length} floats and {samples.Length} numbers of samples.", nameof(order));
        }

        _rows = rows;
        _samples = samples;
        _order = order;
        Length = length;
    }

    /// <summary>Number of updates.</summary>
    public int Count => _order.Length;

    /// <summary>Floats of an update.</summary>
    public int Length { get; }

    /// <summary>An update: differences from the round's weights.</summary>
    public ReadOnlySpan<float> this[int index] => _rows.Slice(_order[index] * Length, Length);

    /// <summary>How many samples an update comes from.</summary>
    public uint SamplesOf(int index) => _samples[_order[index]];
}
