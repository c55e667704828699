using System.Numerics.Tensors;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.CategoricalFocalCrossentropy"/>.</summary>
internal sealed class CategoricalFocalCrossentropyLoss(double alpha, FocalFactor focus, bool fromLogits, double labelSmoothing)
    : PositionLoss("CategoricalFocalCrossentropy")
{
    private readonly LabelSmoothing _smoothing = new(labelSmoothing);

    internal override int ClassCount(int outputSize) => outputSize;

    internal override int FindClass(ReadOnlySpan<float> target) => TensorPrimitives.IndexOfMax(target);

    internal override string? FindMismatch(ModelLayout layout) => fromLogits
        ? NeedsClasses(Name, layout) ?? NeedsLogits($"{Name} with fromLogits", $"{Name} without fromLogits", layout)
        : CategoricalCrossentropyLoss.FindMismatch(Name, $"{Name} with fromLogits", layout);

    private protected override double Evaluate(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions, bool isFused)
    {
        // The sum of outputs, or the logarithm of that of their powers.
        var total = fromLogits ? Softmax.LogTotal(output, probabilities: default) : CategoricalCrossentropyLoss.Total(output);
        var (sum, mean) = (0.0, 0.0);
        for (var i = 0; i < output.Length; i++)
        {
            var (probability, log, isInside) = Read(output[i], total);
            double t = _smoothing.Smooth(target[i], output.Length);
            var factor = focus.Evaluate(1 - probability, out var factorSlope);
            sum -= alpha * factor * t * log;
            if (gradient.IsEmpty)
                continue;

            // The derivative with respect to the logarithm of the probability.
            var slope = isInside ? alpha * t * (factorSlope * probability * log - factor) : 0;
            gradient[i] = (float)(fromLogits ? slope : isInside ? slope / probability : 0);
            mean += slope;
        }

        // Of shares q = y/Σy: dL/dyᵢ = (sᵢ/qᵢ − Σsⱼ)/Σy; of logits: dL/dzᵢ = sᵢ − qᵢ·Σsⱼ.
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (float)((fromLogits
                ? gradient[i] - Read(output[i], total).Probability * mean
                : (gradient[i] - mean) / total) / positions);
        }

        return sum;
    }

    private (double Probability, double Log, bool IsInside) Read(float output, double total)
    {
        if (fromLogits)
            return (DeterministicMath.Exp(output - total), output - total, true);
        var share = (float)(output / total);
        double clipped = Probability.Clip(share);
        return (clipped, DeterministicMath.Log(clipped), Probability.IsInside(share));
    }
}
