using NanoRnn.CompilerServices;

namespace NanoRnn;

public sealed partial class SequenceDataset
{
    /// <summary>
    /// Every window of a series with what follows it: sample i is time steps i … i + window − 1, its target the next
    /// <paramref name="horizon"/> time steps. A series of n time steps has n − window − horizon + 1 samples.
    /// </summary>
    /// <param name="series">Time × <paramref name="inputSize"/> floats, all finite; at least window + horizon time steps.</param>
    /// <param name="window">Time steps of one sample, at least 1.</param>
    /// <param name="horizon">Time steps to predict, at least 1.</param>
    /// <param name="inputSize">
    /// Features of one time step, at least 1. The target has all of them: horizon × <paramref name="inputSize"/> floats.
    /// </param>
    /// <returns>A dataset whose samples overlap in the memory of <paramref name="series"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">The series is too short, no whole number of time steps, or not finite.</exception>
    public static SequenceDataset FromWindows(ReadOnlyMemory<float> series, int window, int horizon, int inputSize = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        return FromWindows(series, new WindowOptions { SequenceLength = window, Horizon = horizon, Columns = inputSize });
    }

    /// <summary>Windows of a series, with targets of the same series.</summary>
    /// <param name="series">Time × <see cref="WindowOptions.Columns"/> floats.</param>
    /// <param name="options">How to cut it.</param>
    /// <returns>A view of the series: nothing is copied but, if there are gaps, where windows start.</returns>
    /// <exception cref="ArgumentException">
    /// The series is no whole number of rows or has no window, a column or a segment is none of its, or a value is infinite or, unless
    /// <see cref="WindowOptions.SkipMissing"/>, NaN.
    /// </exception>
    public static SequenceDataset FromWindows(ReadOnlyMemory<float> series, WindowOptions options) =>
        CreateWindows(series, default, series, default, options, isApart: false);

    /// <summary>Windows of a series, with targets that are given apart.</summary>
    /// <param name="series">Time × <see cref="WindowOptions.Columns"/> floats.</param>
    /// <param name="targets">Time × any number of floats, of the same rows; <see cref="WindowOptions.TargetColumns"/> are columns of these.</param>
    /// <param name="options">How to cut them.</param>
    /// <inheritdoc cref="FromWindows(ReadOnlyMemory{float}, WindowOptions)"/>
    public static SequenceDataset FromWindows(ReadOnlyMemory<float> series, ReadOnlyMemory<float> targets, WindowOptions options) =>
        CreateWindows(series, default, targets, default, options, isApart: true);

    /// <summary>Windows of a series, with a class for every row.</summary>
    /// <param name="series">Time × <see cref="WindowOptions.Columns"/> floats.</param>
    /// <param name="classes">A class index for every row.</param>
    /// <param name="options">How to cut them; <see cref="WindowOptions.Offset"/> = 0 is the class of a window's last time step.</param>
    /// <inheritdoc cref="FromWindows(ReadOnlyMemory{float}, WindowOptions)"/>
    public static SequenceDataset FromWindows(ReadOnlyMemory<float> series, ReadOnlyMemory<int> classes, WindowOptions options) =>
        CreateWindows(series, default, default, classes, options, isApart: true);

    /// <summary>Windows of a text, with tokens of the same text as targets: for a language model the ones that follow.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="options">How to cut them; with <see cref="WindowOptions.TargetPerStep"/> every token has the one that follows it as its target.</param>
    /// <inheritdoc cref="FromWindows(ReadOnlyMemory{float}, WindowOptions)"/>
    public static SequenceDataset FromWindows(ReadOnlyMemory<int> tokens, WindowOptions options) =>
        CreateWindows(default, tokens, default, tokens, options, isApart: false);

    /// <summary>Windows of a text, with a class for every token.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="classes">A class index for every token.</param>
    /// <param name="options">How to cut them.</param>
    /// <inheritdoc cref="FromWindows(ReadOnlyMemory{float}, WindowOptions)"/>
    public static SequenceDataset FromWindows(ReadOnlyMemory<int> tokens, ReadOnlyMemory<int> classes, WindowOptions options) =>
        CreateWindows(default, tokens, default, classes, options, isApart: true);

    private static SequenceDataset CreateWindows(
        ReadOnlyMemory<float> series, ReadOnlyMemory<int> tokens, ReadOnlyMemory<float> targets, ReadOnlyMemory<int> classes,
        WindowOptions options, bool isApart)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.TargetPerStep && options.Horizon != 1)
            throw new ArgumentException($"With a target for every time step the horizon is 1, not {options.Horizon}.", nameof(options));
        var (length, what, parameter) = tokens.IsEmpty ? (series.Length, "floats", nameof(series)) : (tokens.Length, "tokens", nameof(tokens));
        var (rows, rest) = int.DivRem(length, options.Columns);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"The series has {length} {what}; expected a multiple of the {options.Columns} {what} of one time step.", parameter);
        }

        var targetLength = targets.Length + classes.Length;
        var targetColumns = isApart && rows > 0 ? targetLength / rows : options.Columns;
        if (isApart && (targetLength == 0 || targetColumns * (long)rows != targetLength))
        {
            throw new ArgumentException(
                $"The targets have {targetLength} {(classes.IsEmpty ? "floats" : "classes")}; expected a multiple of the {rows} time steps of the series.",
                nameof(targets));
        }

        var starts = new WindowStarts(options, rows);
        var (inputColumns, targetColumnsUsed) = (
            new ColumnSelection(options.InputColumns, options.Columns, nameof(WindowOptions.InputColumns)),
            new ColumnSelection(options.TargetColumns, targetColumns, nameof(WindowOptions.TargetColumns)));
        var missingInputs = inputColumns.FindMissing(series.Span, options, nameof(series));
        var missingTargets = starts.TargetSteps == 0 ? [] : targetColumnsUsed.FindMissing(targets.Span, options, isApart ? nameof(targets) : nameof(series));
        var (first, count, each) = starts.Find(missingInputs, missingTargets, parameter);

        // Each start is a position of its own where they are listed; else they lie a stride apart.
        var stride = each.Length > 0 ? 1 : options.SequenceStride;
        return new SequenceDataset(
            each.Length > 0 ? each.Length : count,
            options.SequenceLength,
            inputColumns.Count,
            starts.TargetSteps * targetColumnsUsed.Count,
            lengths: default)
        {
            Positions = each,
            Inputs = inputColumns.View(series, first, stride, options.SequenceLength, options.SamplingRate),
            Tokens = inputColumns.View(tokens, first, stride, options.SequenceLength, options.SamplingRate),
            Targets = targetColumnsUsed.View(targets, first + starts.TargetStart, stride, starts.TargetSteps, options.SamplingRate),
            TargetTokens = targetColumnsUsed.View(classes, first + starts.TargetStart, stride, starts.TargetSteps, options.SamplingRate),
            Overlap = starts.Overlap,
            IsConsecutive = each.Length == 0 && options.SequenceStride == (long)options.SequenceLength * options.SamplingRate,
        };
    }
}
