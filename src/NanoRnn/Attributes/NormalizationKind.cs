namespace NanoRnn;

/// <summary>By which statistics of each feature <see cref="NormalizationAttribute"/> and <see cref="DenormalizationAttribute"/> scale.</summary>
public enum NormalizationKind
{
    /// <summary>
    /// Tensors <c>mean</c> and <c>variance</c>: zero is the mean, one the standard deviation, <c>max(√variance, 10⁻⁷)</c>, as in Keras.
    /// </summary>
    Standard,

    /// <summary>Tensors <c>minimum</c> and <c>maximum</c>: zero is the minimum, one the maximum; the range is at least 10⁻⁷.</summary>
    MinMax,
}
