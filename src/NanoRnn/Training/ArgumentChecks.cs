using System.Runtime.CompilerServices;

namespace NanoRnn;

/// <summary>Ranges of the numbers that users set.</summary>
internal static class ArgumentChecks
{
    /// <summary>Returns a finite number above zero.</summary>
    public static float FinitePositive(float value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number greater than 0.");

    /// <summary>Returns a finite number, zero or above.</summary>
    public static float FiniteNonNegative(float value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number of at least 0.");

    /// <summary>Returns a decay rate: a number from 0 to less than 1.</summary>
    public static float Decay(float value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a number from 0 to less than 1.");
}
