namespace NanoRnn;

/// <summary>
/// How <see cref="SequenceDataset.FromWindows(ReadOnlyMemory{float}, WindowOptions)"/> cuts a series into windows. Names and meanings are
/// those of Keras's <c>timeseries_dataset_from_array</c>, and what it leaves to the caller: which columns are inputs and targets, how far
/// ahead a target lies, and where the series has gaps.
/// </summary>
/// <example>
/// From the last 120 hours of seven measurements, taken every ten minutes, to the second of them twelve hours later:
/// <code>
/// var dataset = SequenceDataset.FromWindows(measurements, new WindowOptions
/// {
///     SequenceLength = 120, SamplingRate = 6, Columns = 7, TargetColumns = [1], Offset = 72,
/// });
/// </code>
/// </example>
public sealed record WindowOptions
{
    /// <summary>Time steps of a window, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public required int SequenceLength
    {
        get;
        init => field = AtLeast(1, value, nameof(SequenceLength));
    }

    /// <summary>Rows of the series from the start of a window to that of the next, at least 1. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int SequenceStride
    {
        get;
        init => field = AtLeast(1, value, nameof(SequenceStride));
    } = 1;

    /// <summary>Rows of the series from a time step of a window, or of a target, to the next, at least 1. Default 1, every row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int SamplingRate
    {
        get;
        init => field = AtLeast(1, value, nameof(SamplingRate));
    } = 1;

    /// <summary>Numbers of one row of the series, at least 1. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Columns
    {
        get;
        init => field = AtLeast(1, value, nameof(Columns));
    } = 1;

    /// <summary>The columns of the series that are inputs, in this order. Default empty: all.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<int> InputColumns
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(InputColumns));
    } = [];

    /// <summary>The columns that are targets, in this order: of the series, or of the targets if they are given apart. Default empty: all.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<int> TargetColumns
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(TargetColumns));
    } = [];

    /// <summary>
    /// Rows from the last time step of a window to the first row of its target. Default 1, the row that follows; 0 is the last time step
    /// itself, as for a label; negative numbers lead further back, −(<see cref="SequenceLength"/> − 1) · <see cref="SamplingRate"/> to the
    /// window's first row, where Keras has the target. With <see cref="TargetPerStep"/> the rows from each time step to its target: 1 for
    /// targets shifted by one, as language models have them, 0 for equal ones.
    /// </summary>
    public int Offset { get; init; } = 1;

    /// <summary>Time steps of a target, at least 0. Default 1. With 0 the dataset has no targets: it is for prediction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Horizon
    {
        get;
        init => field = AtLeast(0, value, nameof(Horizon));
    } = 1;

    /// <summary>
    /// Whether there is a target for every time step of a window, for a model that returns sequences, instead of one behind it.
    /// <see cref="Horizon"/> is 1 then. Default false.
    /// </summary>
    public bool TargetPerStep { get; init; }

    /// <summary>The first row of the series to use. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int StartIndex
    {
        get;
        init => field = AtLeast(0, value, nameof(StartIndex));
    }

    /// <summary>The row behind the last one to use, targets included. Default null: the series' end.</summary>
    public int? EndIndex { get; init; }

    /// <summary>
    /// Rows before which the series has a gap in time, or at which another series begins, ascending: no window with its target goes across
    /// one. Default empty.
    /// </summary>
    public ReadOnlyMemory<int> SegmentStarts { get; init; }

    /// <summary>
    /// Whether NaN in the series or the targets is a gap: windows that have one among the values they use, or their targets have, are left
    /// out. Default false: such a value is refused, as infinite ones always are.
    /// </summary>
    public bool SkipMissing { get; init; }

    private static int AtLeast(int minimum, int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, minimum, name);
        return value;
    }
}
