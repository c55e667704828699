using System.Numerics.Tensors;
using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.CategoricalCrossentropy"/>.</summary>
internal sealed class CategoricalCrossentropyLoss(double labelSmoothing) : PositionLoss("CategoricalCrossentropy")
{
    public static readonly CategoricalCrossentropyLoss Instance = new(labelSmoothing: 0);

    private readonly LabelSmoothing _smoothing = new(labelSmoothing);

    internal override int ClassCount(int outputSize) => outputSize;

    internal override int FindClass(ReadOnlySpan<float> target) => TensorPrimitives.IndexOfMax(target);

    internal override bool IsFusedWith(Activation activation) => activation == Activation.Softmax;

    internal override string? FindMismatch(ModelLayout layout) => FindMismatch(Name, nameof(CategoricalCrossentropyFromLogits), layout);

    /// <summary>The same of this loss under another name.</summary>
    internal static string? FindMismatch(string name, string fromLogits, ModelLayout layout) =>
        NeedsClasses(name, layout)
        ?? (layout.OutputRange is OutputRange.Probability or OutputRange.Positive
            ? null
            : NeedsLayer(name, "probabilities of classes", Activation.Softmax, layout, fromLogits));

    /// <summary>Sum of the outputs of one position, by which Keras divides them.</summary>
    internal static float Total(ReadOnlySpan<float> output)
    {
        var total = 0f;
        foreach (var value in output)
            total += value;
        return total;
    }

    private protected override double Evaluate(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions, bool isFused)
    {
        if (isFused)
            FillFusedGradient(output, target, gradient, positions);
        else if (!gradient.IsEmpty)
            FillGradient(output, target, gradient, positions);
        var total = Total(output);
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
        {
            // Most targets are one-hot, and a logarithm costs more than all else here.
            var t = _smoothing.Smooth(target[i], output.Length);
            if (t != 0)
                sum -= t * DeterministicMath.Log(Probability.Clip(output[i] / total));
        }

        return sum;
    }

    private void FillFusedGradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions)
    {
        for (var i = 0; i < output.Length; i++)
            gradient[i] = _smoothing.Smooth(target[i], output.Length);
        var total = Total(gradient);
        for (var i = 0; i < output.Length; i++)
            gradient[i] = (output[i] * total - gradient[i]) / positions;
    }

    // With q = y/Σy: dL/dyᵢ = (gᵢ − Σgⱼqⱼ)/Σy and gᵢ = −tᵢ/qᵢ.
    private void FillGradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions)
    {
        var total = Total(output);
        var mean = 0f;
        for (var i = 0; i < output.Length; i++)
        {
            var probability = output[i] / total;
            gradient[i] = Probability.IsInside(probability) ? -_smoothing.Smooth(target[i], output.Length) / probability : 0;
            mean += gradient[i] * probability;
        }

        foreach (ref var element in gradient)
            element = (element - mean) / total / positions;
    }
}
