using System.Runtime.CompilerServices;

namespace NanoRnn;

/// <summary>Ranges of the numbers that users set. They come as double, so that literals need no suffix, and must do in single precision.</summary>
internal static class ArgumentChecks
{
    /// <summary>Returns a finite number above zero.</summary>
    public static double FinitePositive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        (float)value > 0 && float.IsFinite((float)value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number greater than 0.");

    /// <summary>Returns a finite number, zero or above.</summary>
    public static double FiniteNonNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && float.IsFinite((float)value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number of at least 0.");

    /// <summary>Returns a decay rate: a number from 0 to less than 1.</summary>
    public static double Decay(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && (float)value < 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a number from 0 to less than 1.");

    /// <summary>Returns a share: a number from 0 to 1.</summary>
    public static double Share(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a number from 0 to 1.");

    /// <summary>Returns a whole number of at least 1.</summary>
    public static int AtLeastOne(int value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }

    /// <summary>Checks that weights are finite and not negative.</summary>
    public static void Weights(ReadOnlySpan<float> weights, string name)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && float.IsFinite(weights[i])))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The weight at index {i} is {weights[i]}; expected a finite number of at least 0."), name);
            }
        }
    }
}
