using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

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
    /// <exception cref="ArgumentException">A length is wrong, or a class index is no class. Nothing has changed then.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public float TrainBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => TrainBatch(inputs, targets, default);

    /// <summary>Takes one optimizer step on one batch of sequences of different lengths. Allocates nothing.</summary>
    /// <param name="inputs">Batch × <see cref="TrainerOptions.TimeSteps"/> × input size; what lies behind a sequence's end is not read.</param>
    /// <param name="targets">As many targets; those behind a sequence's end do not count.</param>
    /// <param name="lengths">
    /// Time steps of each sequence, from 1 to <see cref="TrainerOptions.TimeSteps"/>; empty if all have all of them.
    /// </param>
    /// <returns>The mean loss of the batch before the step, over the time steps that sequences have, plus the penalties of the layers' regularisers.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a class index is no class. Nothing has changed then.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed.</exception>
    public float TrainBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> lengths)
    {
        var rows = CheckBatch(inputs.Length, takesTokens: false, targets.Length, lengths);
        for (var row = 0; row < rows; row++)
            StoreInput(inputs.Slice(row * SequenceLength, SequenceLength), row);
        targets.CopyTo(_targets.Span);
        return TrainStored(lengths);
    }

    /// <summary>Takes one optimizer step on one batch, for a model that begins with an embedding. Allocates nothing.</summary>
    /// <param name="tokens">Batch × <see cref="TrainerOptions.TimeSteps"/> tokens.</param>
    /// <param name="targets">As many targets, as for floats.</param>
    /// <inheritdoc cref="TrainBatch(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    public float TrainBatch(ReadOnlySpan<int> tokens, ReadOnlySpan<float> targets) => TrainBatch(tokens, targets, default);

    /// <summary>
    /// Takes one optimizer step on one batch of sequences of different lengths, for a model that begins with an embedding. Allocates
    /// nothing.
    /// </summary>
    /// <param name="tokens">Batch × <see cref="TrainerOptions.TimeSteps"/> tokens.</param>
    /// <param name="targets">As many targets, as for floats.</param>
    /// <param name="lengths">Time steps of each sequence, from 1 to <see cref="TrainerOptions.TimeSteps"/>; empty if all have all of them.</param>
    /// <inheritdoc cref="TrainBatch(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public float TrainBatch(ReadOnlySpan<int> tokens, ReadOnlySpan<float> targets, ReadOnlySpan<int> lengths)
    {
        var rows = CheckBatch(tokens.Length, takesTokens: true, targets.Length, lengths);
        StoreTokens(tokens, rows);
        targets.CopyTo(_targets.Span);
        return TrainStored(lengths);
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
    /// <inheritdoc cref="TrainBatch(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public float TrainBatch(ReadOnlySpan<int> tokens, ReadOnlySpan<int> targets, ReadOnlySpan<int> lengths = default)
    {
        var rows = CheckBatch(tokens.Length, takesTokens: true, targets.Length, lengths);
        StoreTokens(tokens, rows);
        StoreClasses(targets, 0);
        return TrainStored(lengths);
    }

    /// <summary>
    /// Takes one optimizer step on one batch whose targets are tokens or classes, for
    /// <see cref="Loss.SparseCategoricalCrossentropy"/>. Allocates nothing.
    /// </summary>
    /// <param name="inputs">Batch × <see cref="TrainerOptions.TimeSteps"/> × input size.</param>
    /// <param name="targets">One class for every output.</param>
    /// <param name="lengths">Time steps of each sequence, from 1 to <see cref="TrainerOptions.TimeSteps"/>; empty if all have all of them.</param>
    /// <inheritdoc cref="TrainBatch(ReadOnlySpan{int}, ReadOnlySpan{int}, ReadOnlySpan{int})"/>
    public float TrainBatch(ReadOnlySpan<float> inputs, ReadOnlySpan<int> targets, ReadOnlySpan<int> lengths = default)
    {
        var rows = CheckBatch(inputs.Length, takesTokens: false, targets.Length, lengths);
        for (var row = 0; row < rows; row++)
            StoreInput(inputs.Slice(row * SequenceLength, SequenceLength), row);
        StoreClasses(targets, 0);
        return TrainStored(lengths);
    }

    /// <summary>Numbers of one sequence of the input.</summary>
    private int SequenceLength => Options.TimeSteps * _layout.InputSize;

    private Span<int> Tokens => MemoryMarshal.Cast<float, int>(_workspace.Inputs.Span);

    private int CheckBatch(int inputs, bool takesTokens, int targets, ReadOnlySpan<int> lengths)
    {
        CheckInputKind(takesTokens);
        var (rows, rest) = int.DivRem(inputs, SequenceLength);
        if (rest != 0 || rows < 1 || rows > Options.BatchSize || (Options.CarryState && rows < Options.BatchSize))
        {
            throw new ArgumentException(
                $"The inputs have {inputs} {(takesTokens ? "tokens" : "floats")}; expected {(Options.CarryState ? "" : "1 to ")}{Options.BatchSize} " +
                $"sequences of {SequenceLength} ({Options.TimeSteps} time steps of {_layout.InputSize}).",
                nameof(inputs));
        }

        if (targets != rows * _targetSize)
        {
            throw new ArgumentException(
                $"The targets have {targets} {(_layout.Decoder is null ? "floats" : "tokens")}; expected {rows * _targetSize} ({rows} sequences of {_targetSize}).",
                nameof(targets));
        }

        if (!lengths.IsEmpty)
        {
            Guard.Lengths(lengths, rows, Options.TimeSteps);
            CheckTakesLengths();
        }

        _workspace.Rows = rows;
        return rows;
    }

    private void CheckInputKind(bool takesTokens)
    {
        if (takesTokens != _layout.Vocabulary > 0)
        {
            throw new ArgumentException(
                takesTokens
                    ? $"{_layout.ModelName} takes floats; token ids are for models that begin with an embedding."
                    : $"{_layout.ModelName} begins with an embedding and takes token ids, as ints.");
        }
    }

    private void CheckTakesLengths()
    {
        if (_layout.ReversesTime)
        {
            throw new ArgumentException(
                $"{_layout.ModelName} reverses the order of the time steps (GoBackwards with ReturnSequences), so all sequences must have equal lengths.");
        }
    }

    private float TrainStored(ReadOnlySpan<int> lengths)
    {
        CompleteBatch(lengths);
        return Step();
    }

    /// <summary>What follows from the inputs and targets that are stored: mask and decoder's inputs.</summary>
    private void CompleteBatch(ReadOnlySpan<int> lengths)
    {
        CheckClasses();
        FindMask(lengths);
        StoreDecoderInputs();
    }

    /// <summary>Puts one sequence into the time-major inputs of the workspace.</summary>
    private void StoreInput(ReadOnlySpan<float> sequence, int row)
    {
        var inputs = _workspace.Inputs.Span;
        var size = _layout.InputSize;
        var stride = _workspace.Rows * size;
        var target = row * size;
        if (size == 1)
        {
            foreach (var value in sequence)
            {
                inputs[target] = value;
                target += stride;
            }

            return;
        }

        for (var i = 0; i < sequence.Length; i += size, target += stride)
            sequence.Slice(i, size).CopyTo(inputs.Slice(target, size));
    }

    private void StoreTokens(ReadOnlySpan<int> tokens, int rows)
    {
        Guard.Tokens(tokens, _layout.Vocabulary);
        for (var row = 0; row < rows; row++)
            StoreInput(MemoryMarshal.Cast<int, float>(tokens.Slice(row * SequenceLength, SequenceLength)), row);
    }

    /// <summary>Puts classes into the targets, from a row on.</summary>
    private void StoreClasses(ReadOnlySpan<int> classes, int row)
    {
        var targets = _targets.Span[(row * _targetSize)..];
        for (var i = 0; i < classes.Length; i++)
            targets[i] = classes[i];
    }

    /// <summary>A decoder's targets become its inputs: they are checked before that, by the loss only later.</summary>
    private void CheckClasses()
    {
        if (_layout.Decoder is null)
            return;
        var targets = _targets.Span[..(_workspace.Rows * _targetSize)];
        for (var i = 0; i < targets.Length; i++)
        {
            if (targets[i] < 0 || targets[i] >= _layout.OutputSize || targets[i] != (int)targets[i])
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Target {targets[i]} at index {i} is none of the {_layout.OutputSize} tokens 0 to {_layout.OutputSize - 1}."),
                    nameof(targets));
            }
        }
    }

    /// <summary>Finds the steps that are skipped: behind a sequence's end, or with the value that the model masks.</summary>
    private void FindMask(ReadOnlySpan<int> lengths)
    {
        _workspace.IsMasked = false;
        if (lengths.IsEmpty && _layout.MaskValue is null)
            return;
        var (rows, size) = (_workspace.Rows, _layout.InputSize);
        var mask = _workspace.Mask.Span;
        for (var step = 0; step < Options.TimeSteps; step++)
        {
            for (var row = 0; row < rows; row++)
            {
                var place = step * rows + row;
                var isSkipped = (!lengths.IsEmpty && step >= lengths[row]) || IsMaskedValue(place);
                mask[place] = isSkipped ? 0 : 1;
                if (!isSkipped)
                    continue;
                _workspace.IsMasked = true;

                // Whatever stands there must not become a NaN on its way.
                _workspace.Inputs.Span.Slice(place * size, size).Clear();
            }
        }
    }

    private bool IsMaskedValue(int place) => _layout.MaskValue is { } value && (_layout.Vocabulary > 0
        ? Tokens[place] == (int)value
        : Mask.IsSkipped(ref _workspace.Inputs.Span[place * _layout.InputSize], _layout.InputSize, value));

    /// <summary>The decoder is given the start token, and then the target of the step before.</summary>
    private void StoreDecoderInputs()
    {
        if (_layout.Decoder is not { } decoder)
            return;
        var inputs = MemoryMarshal.Cast<float, int>(_workspace.TargetInputs.Span);
        for (var row = 0; row < _workspace.Rows; row++)
        {
            for (var step = 0; step < _targetSize; step++)
                inputs[step * _workspace.Rows + row] = step == 0 ? decoder.StartToken : (int)_targets.Span[row * _targetSize + step - 1];
        }
    }

    /// <summary>Forgets the states that <see cref="TrainerOptions.CarryState"/> has carried on: the next batch begins with zeros.</summary>
    public void ResetState() => _workspace.States.Span.Clear();
}
