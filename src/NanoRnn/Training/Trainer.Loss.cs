using System.Numerics.Tensors;

namespace NanoRnn;

public sealed partial class Trainer<TModel>
{
    /// <summary>The loss of the positions that count; leaves the gradient of their mean for every output in the workspace.</summary>
    private LossSum ComputeLoss(MetricTracker metrics)
    {
        if (Options.Loss.IsOfSequences)
            return new LossSum(SumSequences(), _workspace.Rows, _workspace.Rows);
        var (positions, size) = (_workspace.Rows * _positions, _layout.OutputSize);
        WeighClasses(positions);
        var counted = Compact(positions);
        var gradients = _workspace.OutputGradients.Span[..(positions * size)];
        var outputs = OutputsOf(0, counted);
        var targets = TargetsOf(0, counted);
        metrics.Update(outputs, targets, WeightsOf(counted));
        var sum = counted == 0 ? 0 : _isWeighted ? SumWeightedLoss(counted, gradients) : Options.Loss.SumAndGradient(
            outputs, targets, size, gradients[..(counted * size)], _workspace.OutputGradientsArePreActivation);
        Expand(gradients, counted, positions);
        return new LossSum(sum, Options.Loss.CountTerms(counted, size), counted);
    }

    /// <summary>The loss of the positions that count.</summary>
    private LossSum SumLoss(MetricTracker metrics)
    {
        if (Options.Loss.IsOfSequences)
            return new LossSum(SumSequences(), _workspace.Rows, _workspace.Rows);
        var counted = Compact(_workspace.Rows * _positions);
        var outputs = OutputsOf(0, counted);
        var targets = TargetsOf(0, counted);
        metrics.Update(outputs, targets, WeightsOf(counted));
        var sum = counted == 0 ? 0 : _isWeighted ? SumWeightedLoss(counted, _workspace.OutputGradients.Span) : Options.Loss.Sum(outputs, targets, _layout.OutputSize);
        return new LossSum(sum, Options.Loss.CountTerms(counted, _layout.OutputSize), counted);
    }

    /// <summary>The sum of the losses of all sequences, and, in training, the gradient of their mean.</summary>
    private double SumSequences()
    {
        var (sum, length) = (0.0, _positions * _layout.OutputSize);
        for (var row = _workspace.Rows - 1; row >= 0; row--)
        {
            var weight = _isWeighted ? PositionWeights[row * _positions] : 1;
            var gradients = _workspace.OutputGradients.Span.Slice(row * length, length);
            var labels = _targets.Span.Slice(row * _targetSize, _targetSize);
            var steps = StepsOf(row);
            var gradient = _workspace.IsTraining ? gradients[..(steps * _layout.OutputSize)] : default;
            sum += weight * Options.Loss.SumAndGradient(OutputsOf(row * _positions, steps), labels, _layout.OutputSize, gradient, _lossScratch.Span);
            if (!_workspace.IsTraining)
                continue;
            TensorPrimitives.Multiply(gradient, weight / _workspace.Rows, gradient);
            gradients[gradient.Length..].Clear();
        }

        return sum;
    }

    private ReadOnlySpan<float> OutputsOf(int position, int count) =>
        _workspace.Outputs.Span.Slice(position * _layout.OutputSize, count * _layout.OutputSize);

    private ReadOnlySpan<float> TargetsOf(int position, int count)
    {
        var size = Options.Loss.TargetsPerPosition(_layout.OutputSize);
        return _targets.Span.Slice(position * size, count * size);
    }

    /// <summary>The weights of the positions that <see cref="Compact"/> has moved to the front; none if all are 1.</summary>
    private ReadOnlySpan<float> WeightsOf(int counted) => _isWeighted ? PositionWeights[..counted] : default;

    /// <summary>Moves the outputs, targets and weights that count to the front and returns their number: the loss sees no others.</summary>
    private int Compact(int positions)
    {
        if (!FindCounted())
            return positions;
        var (size, targetSize) = (_layout.OutputSize, Options.Loss.TargetsPerPosition(_layout.OutputSize));
        var (outputs, targets) = (_workspace.Outputs, _targets);
        var counted = 0;
        for (var position = 0; position < positions; position++)
        {
            if (!CountsInLoss(position))
                continue;
            outputs.Span.Slice(position * size, size).CopyTo(outputs.Span[(counted * size)..]);
            targets.Span.Slice(position * targetSize, targetSize).CopyTo(targets.Span[(counted * targetSize)..]);
            if (_isWeighted)
                PositionWeights[counted] = PositionWeights[position];
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
            if (CountsInLoss(position))
                gradients.Slice(--counted * size, size).CopyTo(target);
            else
                target.Clear();
        }
    }

    /// <summary>Finds out whether some positions may not count: steps that are skipped, targets that are padding.</summary>
    private bool FindCounted()
    {
        if (_layout.Decoder is null)
            return SkipsPositions;

        // The targets themselves are about to be moved.
        var counted = _countedTargets.Span;
        if (!counted.IsEmpty)
            _targets.Span[..(_workspace.Rows * _positions)].CopyTo(counted);
        return !counted.IsEmpty;
    }

    private bool CountsInLoss(int position) =>
        _layout.Decoder is null ? IsStepCounted(position) : _countedTargets.Span[position] != 0;

    /// <summary>Whether there is an output for each step of the input.</summary>
    private bool HasOutputPerStep => _layout is { ReturnsSequences: true, OutputSteps: 0, Decoder: null };

    /// <summary>Whether such outputs do not all count, since some steps are skipped.</summary>
    private bool SkipsPositions => _workspace.IsMasked && HasOutputPerStep;

    /// <summary>Whether the step that an output belongs to counts.</summary>
    private bool IsStepCounted(int position)
    {
        var (row, step) = int.DivRem(position, _positions);
        var mask = _layout.OutputIsReversed ? _workspace.ReversedMask : _workspace.Mask;
        return mask.Span[step * _workspace.Rows + row] != 0;
    }
}
