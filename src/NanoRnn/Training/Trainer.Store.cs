using System.Runtime.InteropServices;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary>
/// How a batch comes into the workspace. What a kernel uses as an index is checked here, in the copy: the caller's memory may change at
/// any time.
/// </summary>
public sealed partial class Trainer<TModel>
{
    private Span<int> Tokens => MemoryMarshal.Cast<float, int>(_workspace.Inputs.Span);

    private Span<int> Lengths => MemoryMarshal.Cast<float, int>(_workspace.Lengths.Span);

    /// <summary>Puts sequences that lie one behind the other, or their tokens in the place of floats, into the workspace.</summary>
    private void StoreInputs(ReadOnlySpan<float> inputs, int rows)
    {
        _workspace.Rows = rows;
        for (var row = 0; row < rows; row++)
            StoreInput(inputs.Slice(row * SequenceLength, SequenceLength), row);
    }

    /// <summary>Puts one sequence into the time-major inputs of the workspace.</summary>
    private void StoreInput(ReadOnlySpan<float> sequence, int row)
    {
        var size = _layout.InputSize;
        StepCopy.Run(sequence, size, _workspace.Inputs.Span[(row * size)..], _workspace.Rows * size, Options.TimeSteps, size);
    }

    /// <summary>Puts classes into the targets.</summary>
    private void StoreClasses(ReadOnlySpan<int> classes)
    {
        var targets = _targets.Span;
        for (var i = 0; i < classes.Length; i++)
            targets[i] = classes[i];
    }

    /// <summary>Puts the samples from a number on into the workspace, as many as it has room for.</summary>
    /// <param name="dataset">The samples.</param>
    /// <param name="first">The number.</param>
    /// <param name="parameter">The parameter that the dataset came by.</param>
    private void StoreBatch(SequenceDataset dataset, int first, string parameter)
    {
        BeginBatch(dataset, Math.Min(Capacity, dataset.Count - first));
        for (var row = 0; row < _workspace.Rows; row++)
            StoreSample(dataset, first + row, row);
        if (CompleteBatch() is { } mistake)
            throw mistake.ToException($"sample {first + mistake.Row}", parameter);
    }

    /// <summary>Puts some sequences of a batch into the workspace.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="rows">How many.</param>
    private void StoreBatch(scoped in BatchData batch, int first, int rows)
    {
        if (batch.Source is { } source)
        {
            BeginBatch(source.Find(batch.Places[first], out _), rows);
            for (var row = 0; row < rows; row++)
                StoreSample(source.Find(batch.Places[first + row], out var sample), sample, row);
        }
        else
        {
            StoreSequences(batch, first, rows);
        }

        if (CompleteBatch() is { } mistake)
            throw batch.ToException(mistake, first + mistake.Row);
    }

    private void StoreSequences(scoped in BatchData batch, int first, int rows)
    {
        StoreInputs(batch.Inputs.Slice(first * SequenceLength, rows * SequenceLength), rows);
        if (!batch.Targets.IsEmpty)
            batch.Targets.Slice(first * _targetSize, rows * _targetSize).CopyTo(_targets.Span);
        else
            StoreClasses(batch.Classes.Slice(first * _targetSize, rows * _targetSize));
        _workspace.HasLengths = !batch.Lengths.IsEmpty;
        if (_workspace.HasLengths)
            batch.Lengths.Slice(first, rows).CopyTo(Lengths);
        var weights = batch.SampleWeight.Length / batch.Rows;
        StoreWeights(batch.SampleWeight.Slice(first * weights, rows * weights));
    }

    /// <summary>Puts the inputs alone of the samples from a number on into the workspace, as many as it has room for.</summary>
    private void StoreInputs(SequenceDataset dataset, int first, string parameter)
    {
        BeginBatch(dataset, Math.Min(Capacity, dataset.Count - first));
        for (var row = 0; row < _workspace.Rows; row++)
            StoreSampleInput(dataset, first + row, row);
        if (CompleteInputs() is { } mistake)
            throw mistake.ToException($"sample {first + mistake.Row}", parameter);
    }

    private void BeginBatch(SequenceDataset dataset, int rows)
    {
        _workspace.Rows = rows;
        _workspace.HasLengths = dataset.HasLengths;
        _isWeighted = dataset.HasSampleWeight;
    }

    private void StoreSample(SequenceDataset dataset, int sample, int row)
    {
        StoreSampleInput(dataset, sample, row);
        dataset.CopyTargetNumbers(sample, _targets.Span.Slice(row * _targetSize, _targetSize));
        if (_isWeighted)
            StoreWeights(dataset.GetSampleWeight(sample), row);
    }

    private void StoreSampleInput(SequenceDataset dataset, int sample, int row)
    {
        var size = _layout.InputSize;
        dataset.CopyInputBits(sample, _workspace.Inputs.Span[(row * size)..], _workspace.Rows * size);
        Lengths[row] = dataset.GetLength(sample);
    }

    /// <summary>
    /// Adds to inputs, targets and lengths that are stored what follows from them: masks, and a decoder's inputs. Finds the first number
    /// that a kernel could not use.
    /// </summary>
    private BatchMistake? CompleteBatch()
    {
        if ((CompleteInputs() ?? FindWrongClass()) is { } mistake)
            return mistake;
        StoreDecoderInputs();
        return null;
    }

    /// <summary>The same of a batch without targets.</summary>
    private BatchMistake? CompleteInputs()
    {
        if (FindWrongLength() is { } length)
            return length;
        FindMask();
        return FindWrongToken();
    }

    private BatchMistake? FindWrongLength()
    {
        var lengths = _workspace.GetLengths(0);
        var row = lengths.IndexOfAnyExceptInRange(_layout.FewestSteps, Options.TimeSteps);
        return row < 0 ? null : new BatchMistake(row, "lengths", $"The length {lengths[row]}", $"is not one of {_layout.FewestSteps} to {Options.TimeSteps}");
    }

    private BatchMistake? FindWrongToken()
    {
        if (_layout.Vocabulary == 0)
            return null;
        var tokens = Tokens[..(Options.TimeSteps * _workspace.Rows)];
        var place = tokens.IndexOfAnyExceptInRange(0, _layout.Vocabulary - 1);
        return place < 0 ? null : new BatchMistake(
            place % _workspace.Rows,
            "tokens",
            $"Token {tokens[place]} at step {place / _workspace.Rows}",
            $"is none of the {_layout.Vocabulary} tokens 0 to {_layout.Vocabulary - 1}");
    }

    /// <summary>A target that does not count may be anything, but not a decoder's, which becomes its input.</summary>
    private BatchMistake? FindWrongClass()
    {
        if (!Options.Loss.ChecksClasses)
            return null;
        if (Options.Loss.IsOfSequences)
            return FindWrongLabels();
        for (var position = 0; position < _workspace.Rows * _positions; position++)
        {
            if (Options.Loss.FindNoClass(TargetsOf(position, 1), _layout.OutputSize) is not var (target, classes) || (SkipsPositions && !IsStepCounted(position)))
                continue;
            var place = _positions == 1 ? "" : $" at step {position % _positions}";
            return new BatchMistake(
                position / _positions,
                "targets",
                FormattableString.Invariant($"Target {target}{place}"),
                _layout.Decoder is null
                    ? $"is no class index, a whole number from 0 to {classes - 1}"
                    : $"is none of the {_layout.OutputSize} tokens 0 to {_layout.OutputSize - 1}");
        }

        return null;
    }

    private BatchMistake? FindWrongLabels()
    {
        for (var row = 0; row < _workspace.Rows; row++)
        {
            var labels = _targets.Span.Slice(row * _targetSize, _targetSize);
            if (Options.Loss.FindMistake(labels, _layout.OutputSize, StepsOf(row)) is { } mistake)
                return new BatchMistake(row, "targets", "The target", mistake);
        }

        return null;
    }

    private int StepsOf(int row) => _workspace.HasLengths ? Lengths[row] : Options.TimeSteps;

    /// <summary>Finds the steps that are skipped: behind a sequence's end, or with the value that the model masks.</summary>
    private void FindMask()
    {
        _workspace.IsMasked = false;
        var lengths = _workspace.GetLengths(0);
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

        if (_layout.ReversesTime)
            Reversal.Run(lengths, ref _workspace.Mask.Reference, ref _workspace.ReversedMask.Reference, 1, Options.TimeSteps, rows, rows);
    }

    private bool IsMaskedValue(int place) => _layout.MaskValue is { } value && (_layout.Vocabulary > 0
        ? Tokens[place] == (int)value
        : Mask.IsSkipped(ref _workspace.Inputs.Span[place * _layout.InputSize], _layout.InputSize, value));

    /// <summary>The decoder is given the start token, and then the target of the step before. Padding among them is a step that it skips.</summary>
    private void StoreDecoderInputs()
    {
        if (_layout.Decoder is not { } decoder)
            return;
        var inputs = MemoryMarshal.Cast<float, int>(_workspace.TargetInputs.Span);
        _workspace.IsTargetMasked = false;
        for (var row = 0; row < _workspace.Rows; row++)
        {
            for (var step = 0; step < _targetSize; step++)
            {
                var (place, token) = (step * _workspace.Rows + row, step == 0 ? decoder.StartToken : (int)_targets.Span[row * _targetSize + step - 1]);
                inputs[place] = token;
                if (!decoder.MasksZero)
                    continue;
                _workspace.TargetMask.Span[place] = token == 0 ? 0 : 1;
                _workspace.IsTargetMasked |= token == 0;
            }
        }
    }
}
