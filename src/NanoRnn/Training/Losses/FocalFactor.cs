using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary>The factor of a focal loss, <c>xᵞ</c> of how far a probability is from what it should be.</summary>
/// <param name="gamma">Finite and not negative.</param>
internal readonly struct FocalFactor(double gamma)
{
    private readonly double _gamma = ArgumentChecks.FiniteNonNegative(gamma, nameof(gamma));

    /// <summary>The factor.</summary>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="slope">Its derivative; 0 where x is.</param>
    public double Evaluate(double x, out double slope)
    {
        slope = x == 0 ? 0 : _gamma * DeterministicMath.Pow(x, _gamma - 1);
        return DeterministicMath.Pow(x, _gamma);
    }
}
