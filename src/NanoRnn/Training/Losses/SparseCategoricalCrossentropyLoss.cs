using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.SparseCategoricalCrossentropy"/>.</summary>
internal sealed class SparseCategoricalCrossentropyLoss() : Loss("SparseCategoricalCrossentropy")
{
    internal override bool HasClasses => true;

    internal override int TargetsPerPosition(int outputSize) => 1;

    internal override long CountTerms(int positions, int outputSize) => positions;

    internal override bool IsFusedWith(Activation activation) => activation == Activation.Softmax;

    internal override string? FindMismatch(ModelLayout layout) => CategoricalCrossentropyLoss.FindMismatch(Name, layout);

    internal override double Sum(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize)
    {
        Span<double> sums = stackalloc double[PartialSums.Count];
        sums.Clear();
        for (var position = 0; position < targets.Length; position++)
        {
            var output = outputs.Slice(position * outputSize, outputSize);
            var probability = output[ClassAt(targets, position, outputSize)] / CategoricalCrossentropyLoss.Total(output);
            sums[position % PartialSums.Count] -= DeterministicMath.Log(Probability.Clip(probability));
        }

        return new PartialSums(sums).Fold();
    }

    internal override double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused)
    {
        for (var position = 0; position < targets.Length; position++)
        {
            var output = outputs.Slice(position * outputSize, outputSize);
            var gradient = gradients.Slice(position * outputSize, outputSize);
            var label = ClassAt(targets, position, outputSize);
            if (isFused)
                FillFusedGradient(output, label, gradient, targets.Length);
            else
                FillGradient(output, label, gradient, targets.Length);
        }

        return Sum(outputs, targets, outputSize);
    }

    private static void FillFusedGradient(ReadOnlySpan<float> output, int label, Span<float> gradient, int positions)
    {
        for (var i = 0; i < output.Length; i++)
            gradient[i] = (i == label ? output[i] - 1 : output[i]) / positions;
    }

    // With q = y/Σy: L = ln Σy − ln y at the label, so dL/dyᵢ = 1/Σy, less 1/y at the label.
    private static void FillGradient(ReadOnlySpan<float> output, int label, Span<float> gradient, int positions)
    {
        var total = CategoricalCrossentropyLoss.Total(output);
        if (!Probability.IsInside(output[label] / total))
        {
            gradient.Clear();
            return;
        }

        gradient.Fill(1 / total / positions);
        gradient[label] -= 1 / output[label] / positions;
    }

    /// <summary>Whether a target is a class index.</summary>
    internal static bool IsClass(float target, int classes) => target >= 0 && target < classes && (int)target == target;

    private static int ClassAt(ReadOnlySpan<float> targets, int position, int classes)
    {
        var target = targets[position];
        if (IsClass(target, classes))
            return (int)target;
        throw new ArgumentException(
            FormattableString.Invariant(
                $"The target at index {position} of the batch is {target}; expected a class index, a whole number from 0 to {classes - 1}."),
            nameof(targets));
    }
}
