using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// Sequences with their targets. The data is not copied: samples are views into the memory that was
/// given, and windows of a series share it. Do not change that memory during training: what a
/// model uses as an index is checked whenever a batch takes it, but the order of changes and batches is nobody's promise.
/// </summary>
public sealed partial class SequenceDataset
{
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
        Inputs = new(inputs, timeSteps, inputSize);
        Targets = new(targets, 1, targetSize);
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
        Inputs = new(inputs, timeSteps, inputSize);
        TargetTokens = new(classes, 1, targetSize);
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
        Tokens = new(tokens, timeSteps, 1);
        Targets = new(targets, 1, targetSize);
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
        Tokens = new(tokens, timeSteps, 1);
        TargetTokens = new(targets, 1, targetSize);
    }

    /// <summary>Samples without targets, for <see cref="Trainer{TModel}.Predict"/>.</summary>
    /// <param name="inputs">Samples × <paramref name="timeSteps"/> × <paramref name="inputSize"/> floats, finite up to a sample's length.</param>
    /// <param name="timeSteps">Time steps of one sample, of the longest if there are <paramref name="lengths"/>; at least 1.</param>
    /// <param name="inputSize">Features of one time step, at least 1.</param>
    /// <param name="lengths">Time steps of each sample, from 1 to <paramref name="timeSteps"/>; empty if all have all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">A length does not fit the sizes, or a value is NaN or infinite.</exception>
    public SequenceDataset(ReadOnlyMemory<float> inputs, int timeSteps, int inputSize, ReadOnlyMemory<int> lengths = default)
        : this(CountSamples(inputs.Length, timeSteps, inputSize, 1, "floats", nameof(inputs)), timeSteps, inputSize, 0, lengths)
    {
        CheckSamples(inputs.Span, nameof(inputs));
        Inputs = new(inputs, timeSteps, inputSize);
    }

    /// <summary>Samples of tokens without targets, for <see cref="Trainer{TModel}.Predict"/>.</summary>
    /// <param name="tokens">Samples × <paramref name="timeSteps"/> tokens.</param>
    /// <param name="timeSteps">Tokens of one sample, of the longest if there are <paramref name="lengths"/>; at least 1.</param>
    /// <param name="lengths">Tokens of each sample, from 1 to <paramref name="timeSteps"/>; empty if all have all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeSteps"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">A length does not fit the sizes.</exception>
    public SequenceDataset(ReadOnlyMemory<int> tokens, int timeSteps, ReadOnlyMemory<int> lengths = default)
        : this(CountSamples(tokens.Length, timeSteps, 1, 1, "tokens", nameof(tokens)), timeSteps, 1, 0, lengths) =>
        Tokens = new(tokens, timeSteps, 1);

    private SequenceDataset(int count, int timeSteps, int inputSize, int targetSize, ReadOnlyMemory<int> lengths)
    {
        (Count, TimeSteps, InputSize, TargetSize, Lengths) = (count, timeSteps, inputSize, targetSize, lengths);
        if (!lengths.IsEmpty)
            Guard.Lengths(lengths.Span, count, timeSteps);
    }

    private SequenceDataset(SequenceDataset source, ReadOnlyMemory<int> positions, int first, int count)
        : this(count, source.TimeSteps, source.InputSize, source.TargetSize, lengths: default)
    {
        (Positions, First) = (positions, first);
        (Inputs, Tokens, Targets, TargetTokens) = (source.Inputs, source.Tokens, source.Targets, source.TargetTokens);
        (Lengths, IsConsecutive, Overlap) = (source.Lengths, source.IsConsecutive, source.Overlap);
        SampleWeights = source.SampleWeights;
    }

    private SampleView<float> Inputs { get; init; }

    private SampleView<int> Tokens { get; init; }

    private SampleView<float> Targets { get; init; }

    private SampleView<int> TargetTokens { get; init; }

    private ReadOnlyMemory<int> Lengths { get; init; }

    /// <summary>Which of the memory's samples these are; empty if they follow each other from <see cref="First"/> on.</summary>
    private ReadOnlyMemory<int> Positions { get; init; }

    private int First { get; init; }

    /// <summary>Whether each of the memory's samples begins where the one before it ends.</summary>
    private bool IsConsecutive { get; init; } = true;

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Time steps of one sample.</summary>
    public int TimeSteps { get; }

    /// <summary>Features of one time step.</summary>
    public int InputSize { get; }

    /// <summary>Numbers of one sample's target; 0 if there are no targets.</summary>
    public int TargetSize { get; }

    /// <summary>
    /// How many samples behind a sample share values with it, its target included, in the order of the series: the gap that keeps two
    /// parts of the windows of a series apart. 0 for samples that share nothing.
    /// </summary>
    public int Overlap { get; private init; }

    /// <summary>Whether there are targets.</summary>
    public bool HasTargets => TargetSize > 0;

    /// <summary>Whether the inputs are tokens instead of floats.</summary>
    public bool HasTokens => Tokens.Exist;

    /// <summary>Whether the targets are tokens or classes instead of floats.</summary>
    public bool HasTargetTokens => TargetTokens.Exist;

    /// <summary>Whether samples have lengths of their own.</summary>
    public bool HasLengths => !Lengths.IsEmpty;

    /// <summary>Samples of which each has its input and behind it its target.</summary>
    /// <exception cref="ArgumentException">A value is NaN or infinite.</exception>
    internal static SequenceDataset FromRecords(ReadOnlyMemory<float> records, int timeSteps, int inputSize, int targetSize, string parameter)
    {
        FiniteCheck.Run(records.Span, parameter);
        var inputLength = timeSteps * inputSize;
        var stride = inputLength + targetSize;
        return new SequenceDataset(records.Length / stride, timeSteps, inputSize, targetSize, lengths: default)
        {
            Inputs = new(records, 0, stride, timeSteps, inputSize, inputSize),
            Targets = new(records, inputLength, stride, 1, targetSize, targetSize),
        };
    }

    /// <summary>Checks that targets are finite also where those of single steps would lie behind a sample's end.</summary>
    internal void CheckWholeTargets(string parameter)
    {
        if (!HasLengths || !Targets.Exist)
            return;
        for (var sample = 0; sample < Count; sample++)
            FiniteCheck.Run(GetTarget(sample), parameter, first: PositionOf(sample) * TargetSize);
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

    /// <summary>Checks the inputs, or the targets, of all samples, where they have a part for each step up to a sample's length.</summary>
    private void CheckSamples(ReadOnlySpan<float> values, string parameter)
    {
        var length = values.Length / Count;
        if (!HasLengths || length % TimeSteps != 0)
        {
            FiniteCheck.Run(values, parameter);
            return;
        }

        for (var sample = 0; sample < Count; sample++)
            FiniteCheck.Run(values.Slice(sample * length, length / TimeSteps * GetLength(sample)), parameter, first: sample * length);
    }
}
