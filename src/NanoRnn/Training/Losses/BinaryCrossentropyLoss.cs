using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.BinaryCrossentropy"/>.</summary>
internal sealed class BinaryCrossentropyLoss(double labelSmoothing) : Loss("BinaryCrossentropy")
{
    public static readonly BinaryCrossentropyLoss Instance = new(labelSmoothing: 0);

    private readonly LabelSmoothing _smoothing = new(labelSmoothing);

    internal override int ClassCount(int outputSize) => BinaryClasses.Count(outputSize);

    internal override int FindClass(ReadOnlySpan<float> target) => BinaryClasses.Find(target);

    internal override bool IsFusedWith(Activation activation) => activation == Activation.Sigmoid;

    internal override string? FindMismatch(ModelLayout layout) => FindMismatch(Name, nameof(BinaryCrossentropyFromLogits), layout);

    /// <summary>The same of this loss under another name.</summary>
    internal static string? FindMismatch(string name, string fromLogits, ModelLayout layout) =>
        layout.OutputRange is OutputRange.Probability or OutputRange.UnitInterval
            ? null
            : NeedsLayer(name, "probabilities", Activation.Sigmoid, layout, fromLogits);

    internal override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize)
    {
        Span<double> sums = stackalloc double[PartialSums.Count];
        sums.Clear();
        for (var i = 0; i < outputs.Length; i++)
        {
            var probability = Probability.Clip(outputs[i]);
            var target = _smoothing.Smooth(targets[i], 2);
            sums[i % PartialSums.Count] -= Term(target, probability) + Term(1 - target, 1 - probability);
        }

        return new PartialSums(sums).Fold();
    }

    internal override double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused)
    {
        for (var i = 0; i < outputs.Length; i++)
        {
            var error = outputs[i] - _smoothing.Smooth(targets[i], 2);
            if (!isFused)
                error = Probability.IsInside(outputs[i]) ? error / (outputs[i] * (1 - outputs[i])) : 0;
            gradients[i] = error / outputs.Length;
        }

        return Sum(outputs, targets, outputSize);
    }

    // Most targets are 0 or 1, and a logarithm costs more than all else here.
    private static double Term(float target, float probability) =>
        target == 0 ? 0 : target * DeterministicMath.Log(probability);
}
