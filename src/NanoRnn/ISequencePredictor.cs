namespace NanoRnn;

/// <summary>What every model without a decoder can do, for code that works with any of them.</summary>
/// <typeparam name="TInput"><see cref="float"/>, or <see cref="int"/> for a model that begins with an embedding.</typeparam>
public interface ISequencePredictor<TInput>
    where TInput : unmanaged
{
    /// <summary>Predicts from one sequence.</summary>
    /// <param name="sequence">Time × input size numbers, at least one time step.</param>
    /// <param name="output">Receives the outputs.</param>
    void Predict(ReadOnlySpan<TInput> sequence, Span<float> output);

    /// <summary>Predicts from several sequences of equal length.</summary>
    /// <param name="sequences">Batch × time × input size numbers.</param>
    /// <param name="timeSteps">Time steps of each sequence, at least 1.</param>
    /// <param name="outputs">Receives the outputs, sequence by sequence.</param>
    void PredictBatch(ReadOnlySpan<TInput> sequences, int timeSteps, Span<float> outputs);

    /// <summary>Predicts from several sequences of different lengths.</summary>
    /// <param name="sequences">Batch × time × input size numbers; what lies behind a sequence's end is not read.</param>
    /// <param name="timeSteps">Time steps of the longest sequence, at least 1.</param>
    /// <param name="lengths">Time steps of each sequence, from 1 to <paramref name="timeSteps"/>.</param>
    /// <param name="outputs">Receives the outputs, sequence by sequence; zero behind a sequence's end.</param>
    void PredictBatch(ReadOnlySpan<TInput> sequences, int timeSteps, ReadOnlySpan<int> lengths, Span<float> outputs);
}
