using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.BinaryFocalCrossentropy"/>.</summary>
internal sealed class BinaryFocalCrossentropyLoss(FocalFactor focus, double? balance, bool fromLogits, double labelSmoothing)
    : ElementLoss<BinaryFocalCrossentropyLoss.Function>(
        "BinaryFocalCrossentropy", new Function(focus, balance, fromLogits, new LabelSmoothing(labelSmoothing)))
{
    internal override int ClassCount(int outputSize) => BinaryClasses.Count(outputSize);

    internal override int FindClass(ReadOnlySpan<float> target) => BinaryClasses.Find(target);

    internal override string? FindMismatch(ModelLayout layout) => fromLogits
        ? NeedsLogits($"{Name} with fromLogits", $"{Name} without fromLogits", layout)
        : BinaryCrossentropyLoss.FindMismatch(Name, $"{Name} with fromLogits", layout);

    /// <param name="focus">Of one less the probability of the target.</param>
    /// <param name="balance">Weight of targets of 1, that of others being one less it; null for none.</param>
    /// <param name="fromLogits">Whether outputs are logits.</param>
    /// <param name="smoothing">Of targets.</param>
    internal readonly struct Function(FocalFactor focus, double? balance, bool fromLogits, LabelSmoothing smoothing) : IElementFunction
    {
        public double Evaluate(double y, double t, out double slope)
        {
            double target = smoothing.Smooth((float)t, 2);
            var (probability, other, entropy, entropySlope, ofProbability) = (y, 1 - y, 0.0, 0.0, 1.0);
            if (fromLogits)
            {
                var logit = new BinaryLogit(y);
                (probability, other) = (logit.Probability, logit.Other);
                entropy = target * logit.MinusLog + (1 - target) * logit.MinusLogOfOther;
                entropySlope = probability - target;
                ofProbability = probability * other;
            }
            else
            {
                double clipped = Probability.Clip((float)y);
                entropy = -(target * DeterministicMath.Log(clipped) + (1 - target) * DeterministicMath.Log(1 - clipped));
                if (Probability.IsInside((float)y))
                    entropySlope = (y - target) / (y * (1 - y));
            }

            var factor = focus.Evaluate(target * other + (1 - target) * probability, out var factorSlope);
            var weight = balance is { } alpha ? target * alpha + (1 - target) * (1 - alpha) : 1;
            slope = weight * (factorSlope * (1 - 2 * target) * ofProbability * entropy + factor * entropySlope);
            return weight * factor * entropy;
        }
    }
}
