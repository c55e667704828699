namespace NanoRnn;

/// <summary>Columns of the rows of a series.</summary>
internal readonly struct ColumnSelection
{
    private readonly int _rowLength;

    /// <summary>The first column; of several that are no range each is in <see cref="_columns"/>.</summary>
    private readonly int _first;
    private readonly int[]? _columns;

    /// <param name="columns">The columns; empty for all.</param>
    /// <param name="rowLength">Numbers of a row.</param>
    /// <param name="name">What the columns are, for messages.</param>
    /// <exception cref="ArgumentException">A column is none of the row's.</exception>
    public ColumnSelection(IReadOnlyList<int> columns, int rowLength, string name)
    {
        (_rowLength, Count) = (rowLength, columns.Count == 0 ? rowLength : columns.Count);
        if (columns.Count == 0)
            return;
        _first = columns[0];
        var isRange = true;
        for (var i = 0; i < columns.Count; i++)
        {
            if ((uint)columns[i] >= (uint)rowLength)
                throw new ArgumentException($"{name} has column {columns[i]}; a row has the columns 0 to {rowLength - 1}.", nameof(columns));
            isRange &= columns[i] == _first + i;
        }

        if (isRange)
            return;
        _first = 0;
        _columns = new int[columns.Count];
        for (var i = 0; i < _columns.Length; i++)
            _columns[i] = columns[i];
    }

    /// <summary>How many columns.</summary>
    public int Count { get; }

    /// <summary>Windows of the columns, whose starts lie some rows apart; nothing if there is no memory or no step.</summary>
    public SampleView<T> View<T>(ReadOnlyMemory<T> memory, long firstRow, int rowStride, int steps, int samplingRate)
        where T : unmanaged =>
        memory.IsEmpty || steps == 0 ? default : new(
            memory, (int)(firstRow * _rowLength) + _first, rowStride * _rowLength, steps, samplingRate * _rowLength, Count, _columns);

    /// <summary>For each row whether a value of these columns is missing; empty if none is.</summary>
    /// <exception cref="ArgumentException">A value is infinite, or NaN that is not to be skipped.</exception>
    public bool[] FindMissing(ReadOnlySpan<float> values, WindowOptions options, string parameter)
    {
        bool[] missing = [];
        var end = Math.Min(options.EndIndex ?? int.MaxValue, values.Length / _rowLength);
        for (var row = options.StartIndex; row < end; row++)
        {
            for (var i = 0; i < Count; i++)
            {
                var index = row * _rowLength + (_columns is null ? _first + i : _columns[i]);
                if (float.IsFinite(values[index]))
                    continue;
                if (!options.SkipMissing || !float.IsNaN(values[index]))
                    throw FiniteCheck.ToException(index, values[index], parameter);
                if (missing.Length == 0)
                    missing = new bool[values.Length / _rowLength];
                missing[row] = true;
            }
        }

        return missing;
    }
}
