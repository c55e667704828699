using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.Quantile"/>.</summary>
internal sealed class QuantileLoss : Loss
{
    private readonly double[] _quantiles;

    public QuantileLoss(double[] quantiles)
        : base("Quantile")
    {
        if (quantiles.Length == 0)
            throw new ArgumentException("Expected one or more quantiles.", nameof(quantiles));
        for (var i = 0; i < quantiles.Length; i++)
        {
            if (quantiles[i] is not (> 0 and < 1) || (i > 0 && quantiles[i] <= quantiles[i - 1]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Quantile {i} is {quantiles[i]}; expected numbers between 0 and 1, each greater than the one before."),
                    nameof(quantiles));
            }
        }

        _quantiles = quantiles;
    }

    internal override int TargetsPerPosition(int outputSize) => outputSize / _quantiles.Length;

    internal override string? FindMismatch(ModelLayout layout) => layout.OutputSize % _quantiles.Length == 0
        ? null
        : $"{Name} needs {_quantiles.Length} outputs for each target, one for each quantile, but {layout.ModelName} has {layout.OutputSize}.";

    /// <param name="outputs">Positions × targets × quantiles.</param>
    /// <param name="targets">Positions × targets.</param>
    /// <param name="outputSize">Features of one output.</param>
    /// <param name="gradients">Receives the gradient; empty if it is not wanted.</param>
    /// <param name="isFused">False.</param>
    internal override double SumAndGradient(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int outputSize, Span<float> gradients, bool isFused)
    {
        Span<double> sums = stackalloc double[PartialSums.Count];
        sums.Clear();
        for (var i = 0; i < outputs.Length; i++)
        {
            var (target, place) = int.DivRem(i, _quantiles.Length);
            var quantile = _quantiles[place];
            var error = (double)targets[target] - outputs[i];

            // What is neither above nor below zero passes through: zero and NaN.
            var slope = error > 0 ? -quantile : error < 0 ? 1 - quantile : error;
            sums[i % PartialSums.Count] += -slope * error;
            if (!gradients.IsEmpty)
                gradients[i] = (float)(slope / outputs.Length);
        }

        return new PartialSums(sums).Fold();
    }
}
