using System.Numerics.Tensors;
using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Loss.CategoricalHinge"/>.</summary>
internal sealed class CategoricalHingeLoss() : PositionLoss("CategoricalHinge")
{
    public static readonly CategoricalHingeLoss Instance = new();

    internal override int ClassCount(int outputSize) => outputSize;

    internal override int FindClass(ReadOnlySpan<float> target) => TensorPrimitives.IndexOfMax(target);

    /// <summary>Outputs are scores, any numbers.</summary>
    internal override string? FindMismatch(ModelLayout layout) => NeedsClasses(Name, layout);

    private protected override double Evaluate(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions, bool isFused)
    {
        var (own, other, largest) = (0.0, double.NegativeInfinity, 0);
        for (var i = 0; i < output.Length; i++)
        {
            own += (double)target[i] * output[i];
            var score = (1 - (double)target[i]) * output[i];
            if (score > other)
                (other, largest) = (score, i);
        }

        // A NaN is in the sum; it is neither above zero nor not.
        var margin = other - own + 1;
        for (var i = 0; i < gradient.Length; i++)
        {
            var slope = (i == largest ? 1 - (double)target[i] : 0) - target[i];
            gradient[i] = (float)((margin > 0 ? slope : margin <= 0 ? 0 : margin) / positions);
        }

        return margin <= 0 ? 0 : margin;
    }
}
