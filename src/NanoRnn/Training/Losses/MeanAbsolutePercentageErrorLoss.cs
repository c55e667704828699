using NanoRnn.CompilerServices;

namespace NanoRnn;

/// <summary><see cref="Loss.MeanAbsolutePercentageError"/>.</summary>
internal sealed class MeanAbsolutePercentageErrorLoss()
    : ElementLoss<MeanAbsolutePercentageErrorLoss.Function>("MeanAbsolutePercentageError", default)
{
    public static readonly MeanAbsolutePercentageErrorLoss Instance = new();

    /// <summary>Outputs may be any numbers.</summary>
    internal override string? FindMismatch(ModelLayout layout) => null;

    internal readonly struct Function : IElementFunction
    {
        public double Evaluate(double y, double t, out double slope)
        {
            const double Percent = 100;
            var (error, scale) = (y - t, Percent / Math.Max(Math.Abs(t), Probability.Smallest));

            // What is neither above nor below zero passes through: zero and NaN.
            slope = scale * (error > 0 ? 1 : error < 0 ? -1 : error);
            return scale * Math.Abs(error);
        }
    }
}
