using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.KLDivergence"/>.</summary>
internal sealed class KLDivergenceLoss() : PositionLoss("KLDivergence")
{
    public static readonly KLDivergenceLoss Instance = new();

    internal override bool IsFusedWith(Activation activation) => activation == Activation.Softmax;

    internal override string? FindMismatch(ModelLayout layout) => layout.OutputRange is OutputRange.Probability or OutputRange.UnitInterval
        ? null
        : NeedsLayer(Name, "probabilities", Activation.Softmax, layout);

    private protected override double Evaluate(
        ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, int positions, bool isFused)
    {
        var (sum, total) = (0.0, 0.0);
        foreach (var t in target)
            total += Clip(t);
        for (var i = 0; i < output.Length; i++)
        {
            var (t, y) = (Clip(target[i]), Clip(output[i]));
            sum += t * DeterministicMath.Log(t / y);
            if (gradient.IsEmpty)
                continue;
            var slope = isFused ? output[i] * total - t : y == output[i] || double.IsNaN(y) ? -t / y : 0;
            gradient[i] = (float)(slope / positions);
        }

        return sum;
    }

    private static double Clip(float probability) => Math.Clamp((double)probability, Probability.Smallest, 1);
}
