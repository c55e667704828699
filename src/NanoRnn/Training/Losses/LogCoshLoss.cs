using NanoRnn.CompilerServices;
using NanoRnn.Numerics;

namespace NanoRnn;

/// <summary><see cref="Loss.LogCosh"/>.</summary>
internal sealed class LogCoshLoss() : ElementLoss<LogCoshLoss.Function>("LogCosh", default)
{
    public static readonly LogCoshLoss Instance = new();

    /// <summary>Outputs may be any numbers.</summary>
    internal override string? FindMismatch(ModelLayout layout) => null;

    /// <summary><c>|e| + ln(1 + e^−2|e|) − ln 2</c>; near zero, where that is a difference of equal numbers, the first terms of its series.</summary>
    internal readonly struct Function : IElementFunction
    {
        private const double Ln2 = 0.69314718055994530942;
        private const double Small = 0.01;

        public double Evaluate(double y, double t, out double slope)
        {
            var error = y - t;
            var square = error * error;
            if (square < Small * Small)
            {
                slope = error * (1 - square / 3);
                return square * (0.5 - square / 12);
            }

            var q = DeterministicMath.Exp(-2 * Math.Abs(error));
            slope = Math.CopySign((1 - q) / (1 + q), error);
            return Math.Abs(error) + DeterministicMath.Log(1 + q) - Ln2;
        }
    }
}
