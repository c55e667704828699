using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// Sequences with their targets. The data is not copied: samples are views into the memory that was
/// given, and windows of a series share it. Do not change that memory during training: what a
/// model uses as an index is checked whenever a batch takes it, but the order of changes and batches is nobody's promise.
/// </summary>
public sealed class SequenceDataset
{
    private readonly Samples<float> _inputs;
    private readonly Samples<int> _tokens;
    private readonly Samples<float> _targets;
    private readonly Samples<int> _targetTokens;
    private readonly ReadOnlyMemory<int> _lengths;

    /// <summary>Samples stored one after the other.</summary>
    /// <param name="inputs">Samples × <paramref name="timeSteps"/> × <paramref name="inputSize"/> floats, finite up to a sample's length.</param>
    /// <param name="targets">
    /// Samples × <paramref name="targetSize"/> floats, finite; those of single time steps up to a sample's length.
    /// </param>
    /// <param name="timeSteps">Time steps of one sample, of the longest if there are <paramref name="lengths"/>; at least 1.</param>
    /// <param name="inputSize">Features of one time step, at least 1.</param>
    /// <param name="targetSize">
    /// Floats of one sample's target, at least 1: the model's output size; for a model that returns sequences, that times
    /// <paramref name="timeSteps"/>; for <see cref="Loss.SparseCategoricalCrossentropy"/>, one class index per output position.
    /// </param>
    /// <param name="lengths">Time steps of each sample, from 1 to <paramref name="timeSteps"/>; empty if all have all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">A length does not fit the sizes, or a value is NaN or infinite.</exception>
    public SequenceDataset(
        ReadOnlyMemory<float> inputs, ReadOnlyMemory<float> targets, int timeSteps, int inputSize, int targetSize,
        ReadOnlyMemory<int> lengths = default)
        : this(CountSamples(inputs.Length, timeSteps, inputSize, targetSize, "floats", nameof(inputs)), timeSteps, inputSize, targetSize, lengths)
    {
        CheckTargets(targets.Length, "floats", nameof(targets));
        CheckSamples(inputs.Span, nameof(inputs));
        CheckSamples(targets.Span, nameof(targets));
        _inputs = new(inputs, timeSteps * inputSize, timeSteps * inputSize);
        _targets = new(targets, targetSize, targetSize);
    }

    /// <summary>Samples of floats whose targets are classes.</summary>
    /// <param name="inputs">Samples × <paramref name="timeSteps"/> × <paramref name="inputSize"/> floats, finite up to a sample's length.</param>
    /// <param name="classes">Samples × <paramref name="targetSize"/> class indices, for <see cref="Loss.SparseCategoricalCrossentropy"/>.</param>
    /// <param name="timeSteps">Time steps of one sample, of the longest if there are <paramref name="lengths"/>; at least 1.</param>
    /// <param name="inputSize">Features of one time step, at least 1.</param>
    /// <param name="targetSize">Classes of one sample, at least 1: one, or one per time step.</param>
    /// <param name="lengths">Time steps of each sample, from 1 to <paramref name="timeSteps"/>; empty if all have all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">A length does not fit the sizes, or a value is NaN or infinite.</exception>
    public SequenceDataset(
        ReadOnlyMemory<float> inputs, ReadOnlyMemory<int> classes, int timeSteps, int inputSize, int targetSize,
        ReadOnlyMemory<int> lengths = default)
        : this(CountSamples(inputs.Length, timeSteps, inputSize, targetSize, "floats", nameof(inputs)), timeSteps, inputSize, targetSize, lengths)
    {
        CheckTargets(classes.Length, "classes", nameof(classes));
        CheckSamples(inputs.Span, nameof(inputs));
        _inputs = new(inputs, timeSteps * inputSize, timeSteps * inputSize);
        _targetTokens = new(classes, targetSize, targetSize);
    }

    /// <summary>Samples of tokens, for a model that begins with an embedding.</summary>
    /// <param name="tokens">Samples × <paramref name="timeSteps"/> tokens.</param>
    /// <param name="targets">
    /// Samples × <paramref name="targetSize"/> floats, finite; those of single time steps up to a sample's length.
    /// </param>
    /// <param name="timeSteps">Tokens of one sample, of the longest if there are <paramref name="lengths"/>; at least 1.</param>
    /// <param name="targetSize">Floats of one sample's target, at least 1.</param>
    /// <param name="lengths">Tokens of each sample, from 1 to <paramref name="timeSteps"/>; empty if all have all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">A length does not fit the sizes, or a value is NaN or infinite.</exception>
    public SequenceDataset(
        ReadOnlyMemory<int> tokens, ReadOnlyMemory<float> targets, int timeSteps, int targetSize, ReadOnlyMemory<int> lengths = default)
        : this(CountSamples(tokens.Length, timeSteps, 1, targetSize, "tokens", nameof(tokens)), timeSteps, 1, targetSize, lengths)
    {
        CheckTargets(targets.Length, "floats", nameof(targets));
        CheckSamples(targets.Span, nameof(targets));
        _tokens = new(tokens, timeSteps, timeSteps);
        _targets = new(targets, targetSize, targetSize);
    }

    /// <summary>Samples of tokens whose targets are tokens or classes.</summary>
    /// <param name="tokens">Samples × <paramref name="timeSteps"/> tokens.</param>
    /// <param name="targets">
    /// Samples × <paramref name="targetSize"/> tokens or class indices, for <see cref="Loss.SparseCategoricalCrossentropy"/>; for a model
    /// with a decoder <see cref="TrainerOptions.TargetSteps"/> tokens each, the end token included.
    /// </param>
    /// <param name="timeSteps">Tokens of one sample, of the longest if there are <paramref name="lengths"/>; at least 1.</param>
    /// <param name="targetSize">Tokens of one sample's target, at least 1.</param>
    /// <param name="lengths">Tokens of each sample, from 1 to <paramref name="timeSteps"/>; empty if all have all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">A length does not fit the sizes.</exception>
    public SequenceDataset(
        ReadOnlyMemory<int> tokens, ReadOnlyMemory<int> targets, int timeSteps, int targetSize, ReadOnlyMemory<int> lengths = default)
        : this(CountSamples(tokens.Length, timeSteps, 1, targetSize, "tokens", nameof(tokens)), timeSteps, 1, targetSize, lengths)
    {
        CheckTargets(targets.Length, "tokens", nameof(targets));
        _tokens = new(tokens, timeSteps, timeSteps);
        _targetTokens = new(targets, targetSize, targetSize);
    }

    private SequenceDataset(int count, int timeSteps, int inputSize, int targetSize, ReadOnlyMemory<int> lengths)
    {
        (Count, TimeSteps, InputSize, TargetSize, _lengths) = (count, timeSteps, inputSize, targetSize, lengths);
        if (!lengths.IsEmpty)
            Guard.Lengths(lengths.Span, count, timeSteps);
    }

    private SequenceDataset(ReadOnlyMemory<float> series, int window, int horizon, int inputSize, int count)
        : this(count, window, inputSize, horizon * inputSize, default)
    {
        _inputs = new(series, inputSize, window * inputSize);
        _targets = new(series[(window * inputSize)..], inputSize, horizon * inputSize);
    }

    private SequenceDataset(SequenceDataset source, int start, int count)
        : this(count, source.TimeSteps, source.InputSize, source.TargetSize, source.HasLengths ? source._lengths.Slice(start, count) : default)
    {
        _inputs = source._inputs.From(start);
        _tokens = source._tokens.From(start);
        _targets = source._targets.From(start);
        _targetTokens = source._targetTokens.From(start);
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

    /// <summary>Whether the inputs are tokens instead of floats.</summary>
    public bool HasTokens => _tokens.Exist;

    /// <summary>Whether the targets are tokens or classes instead of floats.</summary>
    public bool HasTargetTokens => _targetTokens.Exist;

    /// <summary>Whether samples have lengths of their own.</summary>
    public bool HasLengths => !_lengths.IsEmpty;

    /// <summary>The input of a sample.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TimeSteps"/> × <see cref="InputSize"/> floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">The inputs are tokens.</exception>
    public ReadOnlySpan<float> GetInput(int index) => Get(_inputs, index, "inputs are tokens");

    /// <summary>The input of a sample of tokens.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TimeSteps"/> tokens.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">The inputs are floats.</exception>
    public ReadOnlySpan<int> GetTokens(int index) => Get(_tokens, index, "inputs are floats");

    /// <summary>The target of a sample.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TargetSize"/> floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">The targets are tokens or classes.</exception>
    public ReadOnlySpan<float> GetTarget(int index) => Get(_targets, index, "targets are tokens or classes");

    /// <summary>The target of a sample whose target is tokens or classes.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns><see cref="TargetSize"/> tokens or classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="InvalidOperationException">The targets are floats.</exception>
    public ReadOnlySpan<int> GetTargetTokens(int index) => Get(_targetTokens, index, "targets are floats");

    /// <summary>The time steps of a sample.</summary>
    /// <param name="index">0 … <see cref="Count"/> − 1.</param>
    /// <returns>Its length, from 1 to <see cref="TimeSteps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public int GetLength(int index)
    {
        CheckIndex(index);
        return HasLengths ? _lengths.Span[index] : TimeSteps;
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

    /// <summary>The input of a sample, tokens in the place of floats.</summary>
    internal ReadOnlySpan<float> GetInputBits(int index) =>
        HasTokens ? MemoryMarshal.Cast<int, float>(GetTokens(index)) : GetInput(index);

    /// <summary>Checks that targets are finite also where those of single steps would lie behind a sample's end.</summary>
    internal void CheckWholeTargets(string parameter)
    {
        if (!HasLengths || !_targets.Exist)
            return;
        for (var sample = 0; sample < Count; sample++)
            CheckFinite(GetTarget(sample), parameter, first: sample * TargetSize);
    }

    private ReadOnlySpan<T> Get<T>(Samples<T> samples, int index, string other)
        where T : unmanaged
    {
        CheckIndex(index);
        return samples.Exist ? samples[index] : throw new InvalidOperationException($"The dataset's {other}.");
    }

    private static int CountSamples(int length, int timeSteps, int inputSize, int targetSize, string what, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        var sampleLength = (long)timeSteps * inputSize;
        if (length == 0 || length % sampleLength != 0)
        {
            throw new ArgumentException(
                $"The inputs have {length} {what}; expected one or more samples of {sampleLength} {what} " +
                $"({timeSteps} time steps of {inputSize}).",
                parameter);
        }

        return (int)(length / sampleLength);
    }

    private void CheckTargets(int length, string what, string parameter)
    {
        if (length != (long)Count * TargetSize)
        {
            throw new ArgumentException(
                $"The targets have {length} {what}; expected {(long)Count * TargetSize} ({Count} samples of {TargetSize}).", parameter);
        }
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

    /// <summary>Checks the inputs, or the targets, of all samples, where they have a part for each step up to a sample's length.</summary>
    private void CheckSamples(ReadOnlySpan<float> values, string parameter)
    {
        var length = values.Length / Count;
        if (!HasLengths || length % TimeSteps != 0)
        {
            CheckFinite(values, parameter);
            return;
        }

        for (var sample = 0; sample < Count; sample++)
            CheckFinite(values.Slice(sample * length, length / TimeSteps * GetLength(sample)), parameter, first: sample * length);
    }

    private static void CheckFinite(ReadOnlySpan<float> values, string parameter, int first = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The value at index {first + i} is {values[i]}; every value must be finite."), parameter);
            }
        }
    }

    /// <summary>Numbers of which each sample has <paramref name="Length"/>, from every <paramref name="Stride"/>-th one on.</summary>
    private readonly record struct Samples<T>(ReadOnlyMemory<T> Memory, int Stride, int Length)
        where T : unmanaged
    {
        public bool Exist => Length > 0;

        public ReadOnlySpan<T> this[int index] => Memory.Span.Slice(index * Stride, Length);

        public Samples<T> From(int start) => this with { Memory = Memory[(start * Stride)..] };
    }
}
