using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.Poisson"/>.</summary>
internal sealed class PoissonLoss() : ElementLoss<PoissonLoss.Function>("Poisson", default)
{
    public static readonly PoissonLoss Instance = new();

    internal override string? FindMismatch(ModelLayout layout) => layout.OutputRange != OutputRange.Any
        ? null
        : NeedsLayer(Name, "expected numbers, greater than 0", Activation.Softplus, layout);

    internal readonly struct Function : IElementFunction
    {
        public double Evaluate(double y, double t, out double slope)
        {
            slope = 1 - t / (y + Probability.Smallest);
            return y - (t == 0 ? 0 : t * DeterministicMath.Log(y + Probability.Smallest));
        }
    }
}
