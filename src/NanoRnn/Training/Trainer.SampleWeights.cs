using System.Numerics.Tensors;

namespace NanoRnn;

/// <summary>Weights of samples, time steps and classes: the loss of every position is multiplied by its own, and the mean is over their number.</summary>
public sealed partial class Trainer<TModel>
{
    /// <summary>The weight of every class; none if all are 1.</summary>
    private readonly float[] _classWeights;

    /// <summary>Whether the positions of the batch have weights.</summary>
    private bool _isWeighted;

    /// <summary>The weight of every position of the batch. They lie where gradients of outputs will be once the loss is known.</summary>
    private Span<float> PositionWeights => _workspace.OutputGradients.Span;

    /// <summary>Outputs of a sequence that may have weights of their own.</summary>
    private int WeightsPerSequence => Options.Loss.IsOfSequences ? 1 : _positions;

    private static float[] ReadClassWeights(IReadOnlyList<double>? weights)
    {
        var values = new float[weights?.Count ?? 0];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)weights![i];
        return values;
    }

    /// <summary>Puts the weights of a batch's sequences, or of all their positions, into the workspace.</summary>
    /// <param name="weights">None, one for each sequence, or one for each position.</param>
    private void StoreWeights(ReadOnlySpan<float> weights)
    {
        _isWeighted = !weights.IsEmpty;
        var length = weights.Length / _workspace.Rows;
        for (var row = 0; _isWeighted && row < _workspace.Rows; row++)
            StoreWeights(weights.Slice(row * length, length), row);
    }

    /// <summary>Puts the weight of a sequence, or those of its positions, into the workspace.</summary>
    private void StoreWeights(ReadOnlySpan<float> weights, int row)
    {
        var positions = PositionWeights.Slice(row * _positions, _positions);
        if (weights.Length == 1)
            positions.Fill(weights[0]);
        else
            weights.CopyTo(positions);
    }

    /// <summary>Multiplies the weight of every position by that of its class.</summary>
    private void WeighClasses(int positions)
    {
        if (_classWeights.Length == 0)
            return;
        if (!_isWeighted)
            PositionWeights[..positions].Fill(1);
        _isWeighted = true;
        for (var position = 0; position < positions; position++)
        {
            // A target that does not count may be no class.
            if (!SkipsPositions || IsStepCounted(position))
                PositionWeights[position] *= _classWeights[Options.Loss.FindClass(TargetsOf(position, 1))];
        }
    }

    /// <summary>The sum of the terms of the loss of positions with weights, and, in training, the gradient of their mean.</summary>
    /// <param name="positions">How many positions count.</param>
    /// <param name="gradients">Holds their weights, and receives the gradient.</param>
    private double SumWeightedLoss(int positions, Span<float> gradients)
    {
        var (sum, size) = (0.0, _layout.OutputSize);

        // From the last position on, the gradient of one covers no weight but its own and those of positions behind it.
        for (var position = positions - 1; position >= 0; position--)
        {
            var weight = gradients[position];
            var gradient = gradients.Slice(position * size, size);
            var output = OutputsOf(position, 1);
            var target = TargetsOf(position, 1);
            if (weight == 0)
            {
                // Whatever the loss is there, it does not count, also if it is infinite.
                gradient.Clear();
            }
            else if (!_workspace.IsTraining)
            {
                sum += weight * Options.Loss.Sum(output, target, size);
            }
            else
            {
                sum += weight * Options.Loss.SumAndGradient(output, target, size, gradient, _workspace.OutputGradientsArePreActivation);
                TensorPrimitives.Multiply(gradient, weight / positions, gradient);
            }
        }

        return sum;
    }
}
