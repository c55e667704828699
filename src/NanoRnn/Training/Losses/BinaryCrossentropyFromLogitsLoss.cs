using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.BinaryCrossentropyFromLogits"/>.</summary>
internal sealed class BinaryCrossentropyFromLogitsLoss(double labelSmoothing)
    : ElementLoss<BinaryCrossentropyFromLogitsLoss.Function>("BinaryCrossentropyFromLogits", new Function(new LabelSmoothing(labelSmoothing)))
{
    public static readonly BinaryCrossentropyFromLogitsLoss Instance = new(labelSmoothing: 0);

    internal override int ClassCount(int outputSize) => BinaryClasses.Count(outputSize);

    internal override int FindClass(ReadOnlySpan<float> target) => BinaryClasses.Find(target);

    internal override string? FindMismatch(ModelLayout layout) => NeedsLogits(Name, nameof(BinaryCrossentropy), layout);

    /// <summary><c>max(z, 0) − z·t + ln(1 + e^−|z|)</c>.</summary>
    internal readonly struct Function(LabelSmoothing smoothing) : IElementFunction
    {
        public double Evaluate(double y, double t, out double slope)
        {
            var target = smoothing.Smooth((float)t, 2);
            var logit = new BinaryLogit(y);
            slope = logit.Probability - target;
            return logit.MinusLogOfOther - y * target;
        }
    }
}
