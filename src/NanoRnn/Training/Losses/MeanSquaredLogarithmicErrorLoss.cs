using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.MeanSquaredLogarithmicError"/>.</summary>
internal sealed class MeanSquaredLogarithmicErrorLoss()
    : ElementLoss<MeanSquaredLogarithmicErrorLoss.Function>("MeanSquaredLogarithmicError", default)
{
    public static readonly MeanSquaredLogarithmicErrorLoss Instance = new();

    /// <summary>Outputs may be any numbers; those below zero count as zero.</summary>
    internal override string? FindMismatch(ModelLayout layout) => null;

    internal readonly struct Function : IElementFunction
    {
        public double Evaluate(double y, double t, out double slope)
        {
            var output = Math.Max(y, Probability.Smallest) + 1;
            var error = DeterministicMath.Log(output) - DeterministicMath.Log(Math.Max(t, Probability.Smallest) + 1);
            slope = y <= Probability.Smallest ? 0 : 2 * error / output;
            return error * error;
        }
    }
}
