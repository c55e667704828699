using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>The mean over positions of a function of all outputs of one.</summary>
internal abstract class PositionLoss(string name) : Loss(name)
{
    internal override long CountTerms(int positions, int outputSize) => positions;

    /// <param name="outputs">Positions × <paramref name="outputSize"/> floats.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="outputSize">Features of one output.</param>
    /// <param name="gradients">Receives the gradient; empty if it is not wanted.</param>
    /// <param name="isFused">Whether the gradient with respect to the last layer's pre-activation is wanted.</param>
    internal override double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused)
    {
        Span<double> sums = stackalloc double[PartialSums.Count];
        sums.Clear();
        var (positions, targetSize) = (outputs.Length / outputSize, TargetsPerPosition(outputSize));
        for (var position = 0; position < positions; position++)
        {
            var output = outputs.Slice(position * outputSize, outputSize);
            var target = targets.Slice(position * targetSize, targetSize);
            if (FindMistake(target, outputSize) is { } mistake)
                throw new ArgumentException($"The target at index {position} of the batch {mistake}.", nameof(targets));
            var gradient = gradients.IsEmpty ? default : gradients.Slice(position * outputSize, outputSize);
            sums[position % PartialSums.Count] += Evaluate(output, target, gradient, positions, isFused);
        }

        return new PartialSums(sums).Fold();
    }

    /// <summary>Why a position's target is none; null if it is one.</summary>
    private protected virtual string? FindMistake(ReadOnlySpan<float> target, int outputSize) => null;

    /// <summary>The loss of one position.</summary>
    /// <param name="output">Its outputs.</param>
    /// <param name="target">Its target.</param>
    /// <param name="gradient">Receives the gradient of the mean over all positions; empty if it is not wanted.</param>
    /// <param name="positions">How many positions there are.</param>
    /// <param name="isFused">Whether the gradient with respect to the last layer's pre-activation is wanted.</param>
    private protected abstract double Evaluate(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions, bool isFused);
}
