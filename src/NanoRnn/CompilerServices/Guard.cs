using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>Checks of the arguments of generated methods. The happy path is a few instructions; throwing is out of line.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Guard
{
    /// <summary>Checks the arguments of <c>Predict</c>.</summary>
    /// <param name="sequence">Time × <paramref name="inputSize"/> floats, at least one time step.</param>
    /// <param name="output"><paramref name="outputSize"/> floats, for every time step if <paramref name="returnsSequences"/>.</param>
    /// <param name="inputSize">Features of one time step.</param>
    /// <param name="outputSize">Features of the output.</param>
    /// <param name="returnsSequences">Whether there is an output for every time step.</param>
    /// <returns>The number of time steps.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or the spans overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Predict(
        ReadOnlySpan<float> sequence, Span<float> output, int inputSize, int outputSize, bool returnsSequences)
    {
        var timeSteps = (int)((uint)sequence.Length / (uint)inputSize);
        if (timeSteps == 0 || timeSteps * inputSize != sequence.Length)
            ThrowSequenceLength(nameof(sequence), sequence.Length, inputSize);
        var expected = returnsSequences ? (long)timeSteps * outputSize : outputSize;
        if (output.Length != expected)
            ThrowLength(nameof(output), expected, output.Length);
        if (sequence.Overlaps(output))
            ThrowOverlap(nameof(output));
        return timeSteps;
    }

    /// <summary>Checks the arguments of <c>PredictBatch</c>.</summary>
    /// <param name="sequences">Batch × time × <paramref name="inputSize"/> floats, at least one sequence.</param>
    /// <param name="timeSteps">Time steps of every sequence, at least 1.</param>
    /// <param name="outputs">Batch × <paramref name="outputSize"/>, or batch × time × <paramref name="outputSize"/> floats.</param>
    /// <param name="inputSize">Features of one time step.</param>
    /// <param name="outputSize">Features of the output.</param>
    /// <param name="returnsSequences">Whether there is an output for every time step.</param>
    /// <returns>The number of sequences.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeSteps"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">A length is wrong, or the spans overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PredictBatch(
        ReadOnlySpan<float> sequences, int timeSteps, Span<float> outputs, int inputSize, int outputSize, bool returnsSequences)
    {
        if (timeSteps < 1)
            ThrowTimeSteps(timeSteps);
        var sequenceLength = (long)timeSteps * inputSize;
        var rows = sequences.Length / sequenceLength;
        if (rows == 0 || rows * sequenceLength != sequences.Length)
            ThrowSequencesLength(nameof(sequences), sequences.Length, timeSteps, inputSize);
        var expected = rows * outputSize * (returnsSequences ? timeSteps : 1);
        if (outputs.Length != expected)
            ThrowLength(nameof(outputs), expected, outputs.Length);
        if (sequences.Overlaps(outputs))
            ThrowOverlap(nameof(outputs));
        return (int)rows;
    }

    /// <summary>Checks the arguments of <c>Step</c>.</summary>
    /// <param name="x">One time step, <paramref name="inputSize"/> floats.</param>
    /// <param name="y">One output, <paramref name="outputSize"/> floats.</param>
    /// <param name="inputSize">Features of one time step.</param>
    /// <param name="outputSize">Features of the output.</param>
    /// <exception cref="ArgumentException">A length is wrong, or the spans overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step(ReadOnlySpan<float> x, Span<float> y, int inputSize, int outputSize)
    {
        if (x.Length != inputSize)
            ThrowLength(nameof(x), inputSize, x.Length);
        if (y.Length != outputSize)
            ThrowLength(nameof(y), outputSize, y.Length);
        if (x.Overlaps(y))
            ThrowOverlap(nameof(y));
    }

    /// <summary>Checks the arguments of <c>Predict</c> from tokens.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float}, int, int, bool)"/>
    public static int Predict(ReadOnlySpan<int> sequence, Span<float> output, int inputSize, int outputSize, bool returnsSequences)
    {
        if (sequence.IsEmpty)
            throw new ArgumentException("The sequence is empty; expected at least one token.", nameof(sequence));
        return Predict(MemoryMarshal.Cast<int, float>(sequence), output, inputSize, outputSize, returnsSequences);
    }

    /// <summary>Checks the arguments of <c>PredictBatch</c> from tokens.</summary>
    /// <inheritdoc cref="PredictBatch(ReadOnlySpan{float}, int, Span{float}, int, int, bool)"/>
    public static int PredictBatch(
        ReadOnlySpan<int> sequences, int timeSteps, Span<float> outputs, int inputSize, int outputSize, bool returnsSequences)
    {
        if (timeSteps >= 1 && (sequences.IsEmpty || sequences.Length % timeSteps != 0))
        {
            throw new ArgumentException(
                $"There are {sequences.Length} tokens; expected one or more sequences of {timeSteps}.", nameof(sequences));
        }

        return PredictBatch(MemoryMarshal.Cast<int, float>(sequences), timeSteps, outputs, inputSize, outputSize, returnsSequences);
    }

    /// <summary>Checks the arguments of <c>Step</c> with a token.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, Span{float}, int, int)"/>
    public static void Step(ReadOnlySpan<int> x, Span<float> y, int inputSize, int outputSize)
    {
        if (x.Length != inputSize)
            throw new ArgumentException($"Expected {inputSize} token, found {x.Length}.", nameof(x));
        Step(MemoryMarshal.Cast<int, float>(x), y, inputSize, outputSize);
    }

    /// <summary>Checks that all tokens are in the vocabulary.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="vocabulary">Their number.</param>
    /// <exception cref="ArgumentException">One is negative or too large.</exception>
    public static void Tokens(ReadOnlySpan<int> tokens, int vocabulary)
    {
        var index = tokens.IndexOfAnyExceptInRange(0, vocabulary - 1);
        if (index >= 0)
            ThrowToken(tokens[index], $" at index {index}", vocabulary, nameof(tokens));
    }

    /// <summary>Checks that all tokens of sequences are in the vocabulary, those behind a sequence's end aside.</summary>
    /// <param name="tokens">Batch × <paramref name="timeSteps"/> tokens.</param>
    /// <param name="timeSteps">Tokens from one sequence to the next.</param>
    /// <param name="lengths">Tokens of each sequence, at most <paramref name="timeSteps"/>.</param>
    /// <param name="vocabulary">The number of tokens there are.</param>
    /// <exception cref="ArgumentException">One is negative or too large.</exception>
    public static void Tokens(ReadOnlySpan<int> tokens, int timeSteps, ReadOnlySpan<int> lengths, int vocabulary)
    {
        for (var row = 0; row < lengths.Length; row++)
        {
            var index = tokens.Slice(row * timeSteps, lengths[row]).IndexOfAnyExceptInRange(0, vocabulary - 1);
            if (index >= 0)
                ThrowToken(tokens[row * timeSteps + index], $" at step {index} of sequence {row}", vocabulary, nameof(tokens));
        }
    }

    /// <summary>Reads a token once and checks that it is in the vocabulary: memory that is not ours may change after a check.</summary>
    /// <param name="x">The token.</param>
    /// <param name="vocabulary">The number of tokens there are.</param>
    /// <returns>What has been checked.</returns>
    /// <exception cref="ArgumentException">It is negative or too large.</exception>
    public static int Token(ReadOnlySpan<int> x, int vocabulary)
    {
        var token = x[0];
        if ((uint)token >= (uint)vocabulary)
            ThrowToken(token, "", vocabulary, nameof(x));
        return token;
    }

    /// <summary>Checks whether sequences are long enough for layers that see several steps at once.</summary>
    /// <param name="timeSteps">Time steps of a sequence.</param>
    /// <param name="fewest">The fewest that the model takes.</param>
    /// <param name="parameter">The argument that has them.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public static void FewestSteps(int timeSteps, int fewest, string parameter)
    {
        if (timeSteps < fewest)
            throw new ArgumentException($"The model needs sequences of at least {fewest} time steps, found {timeSteps}.", parameter);
    }

    /// <summary>Checks the lengths of sequences.</summary>
    /// <param name="lengths">One for each sequence, from <paramref name="fewest"/> to <paramref name="timeSteps"/>.</param>
    /// <param name="rows">Number of sequences.</param>
    /// <param name="timeSteps">The largest length.</param>
    /// <param name="fewest">The smallest.</param>
    /// <exception cref="ArgumentException">There are more or fewer, or one is out of range.</exception>
    public static void Lengths(ReadOnlySpan<int> lengths, int rows, int timeSteps, int fewest = 1)
    {
        if (lengths.Length != rows)
            throw new ArgumentException($"Expected the lengths of {rows} sequences, found {lengths.Length}.", nameof(lengths));
        var index = lengths.IndexOfAnyExceptInRange(fewest, timeSteps);
        if (index >= 0)
            throw new ArgumentException($"Sequence {index} has the length {lengths[index]}; expected {fewest} to {timeSteps}.", nameof(lengths));
    }

    /// <summary>Checks the state given to or taken from a session.</summary>
    /// <param name="state">The state.</param>
    /// <param name="stateSize">Its length.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public static void State(ReadOnlySpan<float> state, int stateSize)
    {
        if (state.Length != stateSize)
            ThrowLength(nameof(state), stateSize, state.Length);
    }

    /// <summary>Checks the arguments of <c>Generate</c>.</summary>
    /// <param name="source">Time × <paramref name="inputSize"/> floats, at least one time step.</param>
    /// <param name="inputSize">Features of one time step.</param>
    /// <param name="output">Where tokens go, at least one.</param>
    /// <param name="beamWidth">Sequences at the same time, at least 1.</param>
    /// <returns>The number of time steps.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static int Generate(ReadOnlySpan<float> source, int inputSize, Span<int> output, int beamWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(beamWidth, 1);
        if (output.IsEmpty)
            throw new ArgumentException("The output has no place for a token.", nameof(output));
        var (timeSteps, rest) = int.DivRem(source.Length, inputSize);
        if (timeSteps == 0 || rest != 0)
            ThrowSequenceLength(nameof(source), source.Length, inputSize);
        return timeSteps;
    }

    /// <inheritdoc cref="Generate(ReadOnlySpan{float}, int, Span{int}, int)"/>
    public static int Generate(ReadOnlySpan<int> source, int inputSize, Span<int> output, int beamWidth)
    {
        if (source.IsEmpty)
            throw new ArgumentException("The source is empty; expected at least one token.", nameof(source));
        return Generate(MemoryMarshal.Cast<int, float>(source), inputSize, output, beamWidth);
    }

    /// <summary>Checks whether a sampler is for a model's tokens.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="tokens">Tokens of the target.</param>
    /// <exception cref="ArgumentException">It is for another number of tokens.</exception>
    public static void Sampler(TokenSampler sampler, int tokens)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        if (sampler.TokenCount != tokens)
            throw new ArgumentException($"The sampler draws from {sampler.TokenCount} tokens; the target has {tokens}.", nameof(sampler));
    }

    [DoesNotReturn]
    internal static void ThrowToken(int token, string place, int vocabulary, string parameter) =>
        throw new ArgumentException($"Token {token}{place} is none of the {vocabulary} tokens 0 to {vocabulary - 1}.", parameter);

    [DoesNotReturn]
    private static void ThrowSequenceLength(string parameter, int length, int inputSize) => throw new ArgumentException(
        length == 0
            ? $"The sequence is empty; expected at least one time step of {inputSize} floats."
            : $"The sequence has {length} floats; expected a multiple of the {inputSize} floats of one time step.",
        parameter);

    [DoesNotReturn]
    private static void ThrowSequencesLength(string parameter, int length, int timeSteps, int inputSize) =>
        throw new ArgumentException(
            $"The sequences have {length} floats; expected one or more sequences of {(long)timeSteps * inputSize} floats " +
            $"({timeSteps} time steps of {inputSize}).",
            parameter);

    [DoesNotReturn]
    private static void ThrowTimeSteps(int timeSteps) => throw new ArgumentOutOfRangeException(
        nameof(timeSteps), timeSteps, "A sequence has at least one time step.");

    [DoesNotReturn]
    private static void ThrowLength(string parameter, long expected, int found) => throw new ArgumentException(
        $"Expected {expected} floats, found {found}.", parameter);

    [DoesNotReturn]
    private static void ThrowOverlap(string parameter) => throw new ArgumentException(
        "The output overlaps the input, which would be overwritten while it is still read.", parameter);
}
