namespace NanoRnn;

/// <summary>
/// Sequences of equal length with their targets. The data is not copied: samples are views into the memory that was
/// given, and windows of a series share it. Do not change that memory during training.
/// </summary>
public sealed class SequenceDataset
{
    private readonly ReadOnlyMemory<float> _inputs;
    private readonly ReadOnlyMemory<float> _targets;
    private readonly int _inputStride;
    private readonly int _targetStride;

    /// <summary>Samples stored one after the other.</summary>
    /// <param name="inputs">Samples × <paramref name="timeSteps"/> × <paramref name="inputSize"/> floats, all finite.</param>
    /// <param name="targets">Samples × <paramref name="targetSize"/> floats, all finite.</param>
    /// <param name="timeSteps">Time steps of one sample, at least 1.</param>
    /// <param name="inputSize">Features of one time step, at least 1.</param>
    /// <param name="targetSize">
    /// Floats of one sample's target, at least 1: the model's output size; for a model that returns sequences, that times
    /// <paramref name="timeSteps"/>; for <see cref="Loss.SparseCategoricalCrossentropy"/>, one class index per output position.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">A length does not fit the sizes, or a value is NaN or infinite.</exception>
    public SequenceDataset(
        ReadOnlyMemory<float> inputs, ReadOnlyMemory<float> targets, int timeSteps, int inputSize, int targetSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        var sampleLength = (long)timeSteps * inputSize;
        if (inputs.Length == 0 || inputs.Length % sampleLength != 0)
        {
            throw new ArgumentException(
                $"The inputs have {inputs.Length} floats; expected one or more samples of {sampleLength} floats " +
                $"({timeSteps} time steps of {inputSize}).",
                nameof(inputs));
        }

        Count = (int)(inputs.Length / sampleLength);
        if (targets.Length != (long)Count * targetSize)
        {
            throw new ArgumentException(
                $"The targets have {targets.Length} floats; expected {(long)Count * targetSize} ({Count} samples of {targetSize}).",
                nameof(targets));
        }

        CheckFinite(inputs.Span, nameof(inputs));
        CheckFinite(targets.Span, nameof(targets));
        (_inputs, _targets) = (inputs, targets);
        (TimeSteps, InputSize, TargetSize) = (timeSteps, inputSize, targetSize);
        (_inputStride, _targetStride) = ((int)sampleLength, targetSize);
    }

    private SequenceDataset(ReadOnlyMemory<float> series, int window, int horizon, int inputSize, int count)
    {
        _inputs = series;
        _targets = series[(window * inputSize)..];
        (TimeSteps, InputSize, TargetSize) = (window, inputSize, horizon * inputSize);
        (_inputStride, _targetStride) = (inputSize, inputSize);
        Count = count;
    }

    private SequenceDataset(SequenceDataset source, int start, int count)
    {
        _inputs = source._inputs[(start * source._inputStride)..];
        _targets = source._targets[(start * source._targetStride)..];
        (TimeSteps, InputSize, TargetSize) = (source.TimeSteps, source.InputSize, source.TargetSize);
        (_inputStride, _targetStride) = (source._inputStride, source._targetStride);
        Count = count;
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Time steps of one sample.</summary>
    public int TimeSteps { get; }

    /// <summary>Features of one time step.</summary>
    public int InputSize { get; }

    /// <summary>Floats of one sample's target.</summary>
    public int TargetSize { get; }

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
        var (timeSteps, rest) = int.DivRem(series.Length, inputSize);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"The series has {series.Length} floats; expected a multiple of the {inputSize} floats of one time step.",
                nameof(series));
        }

        var count = timeSteps - (long)window - horizon + 1;
        if (count < 1)
        {
            throw new ArgumentException(
                $"The series has {timeSteps} time steps; a window of {window} and a horizon of {horizon} need at least " +
                $"{(long)window + horizon}.",
                nameof(series));
        }

        CheckFinite(series.Span, nameof(series));
        return new SequenceDataset(series, window, horizon, inputSize, (int)count);
    }

    /// <summary>The input of a sample.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TimeSteps"/> × <see cref="InputSize"/> floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> GetInput(int index)
    {
        CheckIndex(index);
        return _inputs.Span.Slice(index * _inputStride, TimeSteps * InputSize);
    }

    /// <summary>The target of a sample.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TargetSize"/> floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public ReadOnlySpan<float> GetTarget(int index)
    {
        CheckIndex(index);
        return _targets.Span.Slice(index * _targetStride, TargetSize);
    }

    /// <summary>
    /// Cuts the dataset in two, in order: the first ⌊<see cref="Count"/> · <paramref name="fraction"/>⌋ samples, and the others.
    /// </summary>
    /// <param name="fraction">Share of the first part, between 0 and 1.</param>
    /// <returns>Two views of the same memory. Either may be empty.</returns>
    /// <remarks>
    /// Overlapping windows overlap across the cut too: the last inputs of the first part end where the first inputs of the
    /// second begin. To keep the parts apart, skip window + horizon − 1 samples of the second, or cut the series itself.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is outside 0 … 1.</exception>
    public (SequenceDataset First, SequenceDataset Last) Split(double fraction)
    {
        if (fraction is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The fraction must be between 0 and 1.");
        var count = (int)(Count * fraction);
        return (Take(count), Skip(count));
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
        return new SequenceDataset(this, start, count);
    }

    private void CheckIndex(int index)
    {
        if ((uint)index >= (uint)Count)
            ThrowIndex(index);
    }

    private void ThrowIndex(int index) => throw new ArgumentOutOfRangeException(
        nameof(index), index, $"The dataset has {Count} samples.");

    private static void CheckRange(int value, int maximum, string parameter)
    {
        if ((uint)value > (uint)maximum)
            throw new ArgumentOutOfRangeException(parameter, value, $"Expected 0 to {maximum}.");
    }

    private static void CheckFinite(ReadOnlySpan<float> values, string parameter)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The value at index {i} is {values[i]}; every value must be finite."), parameter);
            }
        }
    }
}
