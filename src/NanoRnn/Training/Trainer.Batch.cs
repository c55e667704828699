using System.Runtime.InteropServices;

namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    /// <summary>Takes one optimizer step on one batch. Allocates nothing.</summary>
    /// <param name="inputs">
    /// 1 … <see cref="TrainerOptions.BatchSize"/> sequences: batch × <see cref="TrainerOptions.TimeSteps"/> × input size.
    /// </param>
    /// <param name="targets">
    /// As many targets: batch × output size, or batch × time × output size if the model returns sequences; for
    /// <see cref="Loss.SparseCategoricalCrossentropy"/> one class index in place of every output.
    /// </param>
    /// <returns>The mean loss of the batch before the step, plus the penalties of the layers' regularisers.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a token or class index is none. Nothing has changed then.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed, also while this was running.</exception>
    public float TrainBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => TrainBatch(inputs, targets, lengths: default);

    /// <summary>Takes one optimizer step on one batch of sequences of different lengths. Allocates nothing.</summary>
    /// <param name="inputs">Batch × <see cref="TrainerOptions.TimeSteps"/> × input size; what lies behind a sequence's end is not read.</param>
    /// <param name="targets">As many targets; those behind a sequence's end do not count.</param>
    /// <param name="lengths">
    /// Time steps of each sequence, from 1 to <see cref="TrainerOptions.TimeSteps"/>; empty if all have all of them.
    /// </param>
    /// <param name="sampleWeight">
    /// A factor for the loss of each sequence, or of each of its outputs, finite and not negative; empty for none. The mean is over the
    /// number of outputs, not the sum of weights, as in Keras.
    /// </param>
    /// <returns>The mean loss of the batch before the step, over the time steps that sequences have, plus the penalties of the layers' regularisers.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a token or class index is none. Nothing has changed then.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed, also while this was running.</exception>
    public float TrainBatch(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> lengths = default, ReadOnlySpan<float> sampleWeight = default)
    {
        CheckTakesFloats();
        var rows = CheckBatch(inputs.Length, "inputs", targets.Length, lengths.Length, sampleWeight);
        return Step(new BatchData { Rows = rows, Inputs = inputs, Targets = targets, Lengths = lengths, SampleWeight = sampleWeight });
    }

    /// <summary>Takes one optimizer step on one batch, for a model that begins with an embedding. Allocates nothing.</summary>
    /// <param name="tokens">Batch × <see cref="TrainerOptions.TimeSteps"/> tokens.</param>
    /// <param name="targets">As many targets, as for floats.</param>
    /// <inheritdoc cref="TrainBatch(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    public float TrainBatch(ReadOnlySpan<int> tokens, ReadOnlySpan<float> targets) => TrainBatch(tokens, targets, lengths: default);

    /// <summary>
    /// Takes one optimizer step on one batch of sequences of different lengths, for a model that begins with an embedding. Allocates
    /// nothing.
    /// </summary>
    /// <param name="tokens">Batch × <see cref="TrainerOptions.TimeSteps"/> tokens.</param>
    /// <param name="targets">As many targets, as for floats.</param>
    /// <param name="lengths">Time steps of each sequence, from 1 to <see cref="TrainerOptions.TimeSteps"/>; empty if all have all of them.</param>
    /// <param name="sampleWeight">
    /// A factor for the loss of each sequence, or of each of its outputs, finite and not negative; empty for none. The mean is over the
    /// number of outputs, not the sum of weights, as in Keras.
    /// </param>
    /// <inheritdoc cref="TrainBatch(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    public float TrainBatch(
        ReadOnlySpan<int> tokens, ReadOnlySpan<float> targets, ReadOnlySpan<int> lengths = default, ReadOnlySpan<float> sampleWeight = default)
    {
        CheckTakesTokens(tokens);
        var rows = CheckBatch(tokens.Length, "tokens", targets.Length, lengths.Length, sampleWeight);
        var inputs = MemoryMarshal.Cast<int, float>(tokens);
        return Step(new BatchData { Rows = rows, Inputs = inputs, Targets = targets, Lengths = lengths, SampleWeight = sampleWeight });
    }

    /// <summary>
    /// Takes one optimizer step on one batch whose targets are tokens or classes, for
    /// <see cref="Loss.SparseCategoricalCrossentropy"/>. Allocates nothing.
    /// </summary>
    /// <param name="tokens">Batch × <see cref="TrainerOptions.TimeSteps"/> tokens.</param>
    /// <param name="targets">
    /// Batch × <see cref="TrainerOptions.TargetSteps"/> tokens for a model with a decoder, which end with its end token; else one class
    /// for every output.
    /// </param>
    /// <param name="lengths">
    /// Time steps of each sequence, from 1 to <see cref="TrainerOptions.TimeSteps"/>; empty if all have all of them.
    /// </param>
    /// <param name="sampleWeight">
    /// A factor for the loss of each sequence, or of each of its outputs, finite and not negative; empty for none. The mean is over the
    /// number of outputs, not the sum of weights, as in Keras.
    /// </param>
    /// <inheritdoc cref="TrainBatch(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    public float TrainBatch(
        ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, ReadOnlySpan<int> lengths = default, ReadOnlySpan<float> sampleWeight = default)
    {
        CheckTakesTokens(tokens);
        var rows = CheckBatch(tokens.Length, "tokens", targets.Length, lengths.Length, sampleWeight);
        var inputs = MemoryMarshal.Cast<int, float>(tokens);
        return Step(new BatchData { Rows = rows, Inputs = inputs, Classes = targets, Lengths = lengths, SampleWeight = sampleWeight });
    }

    /// <summary>
    /// Takes one optimizer step on one batch whose targets are tokens or classes, for
    /// <see cref="Loss.SparseCategoricalCrossentropy"/>. Allocates nothing.
    /// </summary>
    /// <param name="inputs">Batch × <see cref="TrainerOptions.TimeSteps"/> × input size.</param>
    /// <param name="targets">One class for every output.</param>
    /// <param name="lengths">Time steps of each sequence, from 1 to <see cref="TrainerOptions.TimeSteps"/>; empty if all have all of them.</param>
    /// <param name="sampleWeight">
    /// A factor for the loss of each sequence, or of each of its outputs, finite and not negative; empty for none. The mean is over the
    /// number of outputs, not the sum of weights, as in Keras.
    /// </param>
    /// <inheritdoc cref="TrainBatch(ReadOnlySpan{int}, ReadOnlySpan{int}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    public float TrainBatch(
        ReadOnlySpan<float> inputs, ReadOnlySpan<int> targets, ReadOnlySpan<int> lengths = default, ReadOnlySpan<float> sampleWeight = default)
    {
        CheckTakesFloats();
        var rows = CheckBatch(inputs.Length, "inputs", targets.Length, lengths.Length, sampleWeight);
        return Step(new BatchData { Rows = rows, Inputs = inputs, Classes = targets, Lengths = lengths, SampleWeight = sampleWeight });
    }

    /// <summary>Numbers of one sequence of the input.</summary>
    private int SequenceLength => Options.TimeSteps * _layout.InputSize;

    /// <summary>Checks that the trainer is in use and how much a batch has of everything, and returns its number of sequences.</summary>
    private int CheckBatch(int inputs, string parameter, int targets, int lengths, ReadOnlySpan<float> sampleWeight)
    {
        // Before anything is stored: the memory may be an arena's that is no more.
        _threads.ThrowIfDisposed();
        var (rows, rest) = int.DivRem(inputs, SequenceLength);
        if (rest != 0 || rows < 1 || rows > Options.BatchSize || (Options.CarryState && rows < Options.BatchSize))
        {
            throw new ArgumentException(
                $"The inputs have {inputs} {(_layout.Vocabulary > 0 ? "tokens" : "floats")}; expected {(Options.CarryState ? "" : "1 to ")}{Options.BatchSize} " +
                $"sequences of {SequenceLength} ({Options.TimeSteps} time steps of {_layout.InputSize}).",
                parameter);
        }

        if (targets != rows * _targetSize)
        {
            throw new ArgumentException(
                $"The targets have {targets} {(_layout.Decoder is null ? "floats" : "tokens")}; expected {rows * _targetSize} ({rows} sequences of {_targetSize}).",
                nameof(targets));
        }

        if (lengths != 0 && lengths != rows)
            throw new ArgumentException($"Expected the lengths of {rows} sequences, found {lengths}.", nameof(lengths));
        CheckWeights(sampleWeight, rows);
        return rows;
    }

    private void CheckWeights(ReadOnlySpan<float> sampleWeight, int rows)
    {
        if (sampleWeight.Length != 0 && sampleWeight.Length != rows && sampleWeight.Length != rows * WeightsPerSequence)
        {
            throw new ArgumentException(
                $"Expected the weights of {rows} sequences" + (WeightsPerSequence == 1 ? "" : $", or of their {rows * WeightsPerSequence} outputs") +
                $", found {sampleWeight.Length}.",
                nameof(sampleWeight));
        }

        ArgumentChecks.Weights(sampleWeight, nameof(sampleWeight));
    }

    private void CheckTakesFloats()
    {
        if (_layout.Vocabulary > 0)
        {
            throw new ArgumentException(
                $"{_layout.ModelName} begins with an embedding and takes tokens, but the inputs are floats: give them as ints.", "inputs");
        }
    }

    /// <summary>A literal of whole numbers is one of ints: the message says how to write it as floats.</summary>
    private void CheckTakesTokens(ReadOnlySpan<int> tokens)
    {
        const int Shown = 4;
        if (_layout.Vocabulary > 0)
            return;
        var floats = string.Join(", ", Array.ConvertAll(tokens[..Math.Min(Shown, tokens.Length)].ToArray(), token => FormattableString.Invariant($"{token}f")));
        throw new ArgumentException(
            $"{_layout.ModelName} takes floats, but the inputs are ints, which are tokens of models that begin with an embedding: " +
            $"write them as floats, [{floats}{(tokens.Length > Shown ? ", …" : "")}].",
            nameof(tokens));
    }

    /// <summary>Forgets the states that <see cref="TrainerOptions.CarryState"/> has carried on: the next batch begins with zeros.</summary>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public void ResetState()
    {
        _threads.ThrowIfDisposed();
        CarriedStates.Clear();
    }
}
