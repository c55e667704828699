namespace NanoRnn;

/// <summary>Keras keeps probabilities off 0 and 1 before it takes their logarithm.</summary>
internal static class Probability
{
    /// <summary>Keras's <c>backend.epsilon()</c>.</summary>
    public const float Smallest = 1e-7f;

    /// <summary>The largest probability, <c>1 − 1e-7</c> rounded to float.</summary>
    public const float Largest = 1 - Smallest;

    /// <summary>The probability within its bounds; NaN stays NaN.</summary>
    public static float Clip(float probability) => Math.Clamp(probability, Smallest, Largest);

    /// <summary>Whether the probability is left as it is, so that the gradient passes; true for NaN.</summary>
    public static bool IsInside(float probability) => probability is not (< Smallest or > Largest);
}
