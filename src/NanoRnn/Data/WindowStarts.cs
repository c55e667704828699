namespace NanoRnn;

/// <summary>Which rows of a series windows start at.</summary>
/// <param name="options">How the series is cut.</param>
/// <param name="rows">Rows of the series.</param>
internal readonly struct WindowStarts(WindowOptions options, int rows)
{
    /// <summary>Rows from the start of a window to its last time step.</summary>
    private readonly long _lastStep = (options.SequenceLength - 1L) * options.SamplingRate;

    /// <summary>Rows from the start of a window to the first one of its target.</summary>
    public long TargetStart => options.TargetPerStep ? options.Offset : _lastStep + options.Offset;

    /// <summary>Time steps of a target.</summary>
    public int TargetSteps => options.TargetPerStep ? options.SequenceLength : options.Horizon;

    private long TargetEnd => TargetStart + (TargetSteps - 1L) * options.SamplingRate;

    /// <summary>The first and the last row that a window or its target uses, from its start on.</summary>
    private (long First, long Last) Used =>
        TargetSteps == 0 ? (0, _lastStep) : (Math.Min(0, TargetStart), Math.Max(_lastStep, TargetEnd));

    /// <summary>How many windows behind one have rows that it uses.</summary>
    public int Overlap => (int)((Used.Last - Used.First) / options.SequenceStride);

    /// <summary>Finds the starts.</summary>
    /// <param name="missingInputs">For each row whether an input is missing; empty if none is.</param>
    /// <param name="missingTargets">The same for the targets.</param>
    /// <param name="parameter">The parameter that the series came by.</param>
    /// <returns>
    /// The first start and how many there are, each a stride behind the one before, if that is so; else the starts one by one, and
    /// nothing of the former.
    /// </returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    public (int First, int Count, int[] Each) Find(ReadOnlySpan<bool> missingInputs, ReadOnlySpan<bool> missingTargets, string parameter)
    {
        var end = options.EndIndex ?? rows;
        if (end > rows || end < options.StartIndex)
            throw new ArgumentException($"The rows from {options.StartIndex} to before {end} are none of the {rows} of the series.", parameter);

        var (inputRuns, targetRuns) = (FindRuns(missingInputs), FindRuns(missingTargets));
        var hasGaps = options.SegmentStarts.Length > 0 || inputRuns.Length > 0 || targetRuns.Length > 0;
        var starts = new List<int>();
        var (first, count, begin) = (0, 0, options.StartIndex);
        for (var segment = 0; segment <= options.SegmentStarts.Length; segment++)
        {
            var next = segment < options.SegmentStarts.Length ? SegmentStart(segment, parameter) : rows;
            var segmentEnd = Math.Min(next, end);
            var firstStart = begin - Used.First;
            var lastStart = segmentEnd - 1 - Used.Last;
            begin = Math.Max(begin, next);
            if (lastStart < firstStart)
                continue;
            (first, count) = ((int)firstStart, (int)((lastStart - firstStart) / options.SequenceStride) + 1);
            for (var i = 0; hasGaps && i < count; i++)
            {
                var start = first + i * options.SequenceStride;
                if (IsWhole(start, inputRuns, targetRuns))
                    starts.Add(start);
            }
        }

        if (hasGaps ? starts.Count == 0 : count == 0)
            throw new ArgumentException(DescribeNone(hasGaps, end - options.StartIndex), parameter);
        return hasGaps ? (0, 0, starts.ToArray()) : (first, count, []);
    }

    private int SegmentStart(int segment, string parameter)
    {
        var starts = options.SegmentStarts.Span;
        var start = starts[segment];
        if (start < 0 || start > rows || (segment > 0 && start < starts[segment - 1]))
        {
            throw new ArgumentException(
                $"Segment start {segment} is row {start}; expected ascending rows from 0 to {rows}.", parameter);
        }

        return start;
    }

    private bool IsWhole(int start, int[] inputRuns, int[] targetRuns) =>
        (inputRuns.Length == 0 || inputRuns[start + _lastStep] >= options.SequenceLength)
        && (targetRuns.Length == 0 || targetRuns[start + TargetEnd] >= TargetSteps);

    /// <summary>For each row how many rows up to it, a sampling rate apart, have all values; nothing if all have.</summary>
    private int[] FindRuns(ReadOnlySpan<bool> missing)
    {
        if (!missing.Contains(true))
            return [];
        var runs = new int[missing.Length];
        for (var row = 0; row < runs.Length; row++)
        {
            var before = row - options.SamplingRate;
            runs[row] = missing[row] ? 0 : before < 0 ? 1 : runs[before] + 1;
        }

        return runs;
    }

    private string DescribeNone(bool hasGaps, int found) => hasGaps
        ? $"No window of {options.SequenceLength} time steps with its target, {Used.Last - Used.First + 1} rows in all, lies between the gaps."
        : $"The series has {found} time steps; a window of {options.SequenceLength} with its target needs at least {Used.Last - Used.First + 1}.";
}
