namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    /// <summary>For each output position of the batch whether it counts.</summary>
    private readonly bool[] _countsInLoss;

    /// <summary>The mean loss of the positions that count, and the penalties of regularisers; leaves the gradient of every output in the workspace.</summary>
    private float ComputeLoss()
    {
        var (positions, size) = (_workspace.Rows * _positions, _layout.OutputSize);
        var counted = Compact(positions);
        var gradients = _workspace.OutputGradients.Span[..(positions * size)];
        var sum = counted == 0 ? 0 : Options.Loss.SumAndGradient(
            _workspace.Outputs.Span[..(counted * size)],
            _targets.Span[..(counted * Options.Loss.TargetsPerPosition(size))],
            size,
            gradients[..(counted * size)],
            _workspace.OutputGradientsArePreActivation);
        Expand(gradients, counted, positions);
        var mean = counted == 0 ? 0 : sum / Options.Loss.CountTerms(counted, size);
        return (float)(mean + _regularization.Compute(_workspace.Weights.Span));
    }

    /// <summary>The sum of the terms of the loss of the positions that count, and the number of those terms.</summary>
    private (double Sum, long Terms) SumLoss()
    {
        var size = _layout.OutputSize;
        var counted = Compact(_workspace.Rows * _positions);
        return counted == 0 ? (0, 0) : (
            Options.Loss.Sum(
                _workspace.Outputs.Span[..(counted * size)], _targets.Span[..(counted * Options.Loss.TargetsPerPosition(size))], size),
            Options.Loss.CountTerms(counted, size));
    }

    /// <summary>Moves the outputs and targets that count to the front and returns their number: the loss sees no others.</summary>
    private int Compact(int positions)
    {
        if (!FindCounted(positions))
            return positions;
        var (size, targetSize) = (_layout.OutputSize, Options.Loss.TargetsPerPosition(_layout.OutputSize));
        var (outputs, targets) = (_workspace.Outputs, _targets);
        var counted = 0;
        for (var position = 0; position < positions; position++)
        {
            if (!_countsInLoss[position])
                continue;
            outputs.Span.Slice(position * size, size).CopyTo(outputs.Span[(counted * size)..]);
            targets.Span.Slice(position * targetSize, targetSize).CopyTo(targets.Span[(counted * targetSize)..]);
            counted++;
        }

        return counted;
    }

    /// <summary>Moves the gradients of the positions that count back to their places, with zeros between them.</summary>
    private void Expand(Span<float> gradients, int counted, int positions)
    {
        if (counted == positions)
            return;
        var size = _layout.OutputSize;
        for (var position = positions - 1; position >= 0; position--)
        {
            var target = gradients.Slice(position * size, size);
            if (_countsInLoss[position])
                gradients.Slice(--counted * size, size).CopyTo(target);
            else
                target.Clear();
        }
    }

    /// <summary>Notes which positions count, if some do not: steps that are not skipped, targets that are not padding.</summary>
    private bool FindCounted(int positions)
    {
        if (_layout.Decoder is { } decoder)
        {
            if (!decoder.MasksZero)
                return false;
            for (var position = 0; position < positions; position++)
                _countsInLoss[position] = _targets.Span[position] != 0;
            return true;
        }

        if (!_workspace.IsMasked || !_layout.ReturnsSequences || _layout.OutputSteps > 0)
            return false;
        var mask = _workspace.Mask.Span;
        for (var row = 0; row < _workspace.Rows; row++)
        {
            for (var step = 0; step < _positions; step++)
                _countsInLoss[row * _positions + step] = mask[step * _workspace.Rows + row] != 0;
        }

        return true;
    }
}
