using System.Numerics.Tensors;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Loss.SparseCategoricalCrossentropyFromLogits"/>.</summary>
internal sealed class SparseCategoricalCrossentropyFromLogitsLoss() : SparseLoss("SparseCategoricalCrossentropyFromLogits")
{
    public static readonly SparseCategoricalCrossentropyFromLogitsLoss Instance = new();

    internal override string? FindMismatch(ModelLayout layout) =>
        NeedsClasses(Name, layout) ?? NeedsLogits(Name, nameof(SparseCategoricalCrossentropy), layout);

    private protected override double Evaluate(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions, bool isFused)
    {
        var label = FindClass(target);
        var logTotal = Softmax.LogTotal(output, gradient);
        if (!gradient.IsEmpty)
        {
            gradient[label] -= 1;
            TensorPrimitives.Divide(gradient, positions, gradient);
        }

        return logTotal - output[label];
    }
}
