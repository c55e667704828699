using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.SparseCategoricalCrossentropy"/>.</summary>
internal sealed class SparseCategoricalCrossentropyLoss() : SparseLoss("SparseCategoricalCrossentropy")
{
    public static readonly SparseCategoricalCrossentropyLoss Instance = new();

    internal override bool IsFusedWith(Activation activation) => activation == Activation.Softmax;

    internal override string? FindMismatch(ModelLayout layout) =>
        CategoricalCrossentropyLoss.FindMismatch(Name, nameof(SparseCategoricalCrossentropyFromLogits), layout);

    private protected override double Evaluate(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions, bool isFused)
    {
        var label = FindClass(target);
        if (isFused)
            FillFusedGradient(output, label, gradient, positions);
        else if (!gradient.IsEmpty)
            FillGradient(output, label, gradient, positions);
        return -DeterministicMath.Log(Probability.Clip(output[label] / CategoricalCrossentropyLoss.Total(output)));
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
}
