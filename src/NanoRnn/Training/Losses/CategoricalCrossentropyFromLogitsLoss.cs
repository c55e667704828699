using System.Numerics.Tensors;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Loss.CategoricalCrossentropyFromLogits"/>.</summary>
internal sealed class CategoricalCrossentropyFromLogitsLoss(double labelSmoothing) : PositionLoss("CategoricalCrossentropyFromLogits")
{
    public static readonly CategoricalCrossentropyFromLogitsLoss Instance = new(labelSmoothing: 0);

    private readonly LabelSmoothing _smoothing = new(labelSmoothing);

    internal override int ClassCount(int outputSize) => outputSize;

    internal override int FindClass(ReadOnlySpan<float> target) => TensorPrimitives.IndexOfMax(target);

    internal override string? FindMismatch(ModelLayout layout) =>
        NeedsClasses(Name, layout) ?? NeedsLogits(Name, nameof(CategoricalCrossentropy), layout);

    private protected override double Evaluate(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions, bool isFused)
    {
        var logTotal = Softmax.LogTotal(output, gradient);
        var (sum, total) = (0.0, 0f);
        for (var i = 0; i < output.Length; i++)
        {
            var t = _smoothing.Smooth(target[i], output.Length);
            sum += t == 0 ? 0 : t * (logTotal - output[i]);
            total += t;
        }

        for (var i = 0; i < gradient.Length; i++)
            gradient[i] = (gradient[i] * total - _smoothing.Smooth(target[i], output.Length)) / positions;
        return sum;
    }
}
