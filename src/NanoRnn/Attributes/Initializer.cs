namespace NanoRnn;

/// <summary>How the elements of a tensor start, with Keras 3's names and formulas.</summary>
/// <remarks>
/// fan_in is the number of rows and fan_out the number of columns of the tensor as a file holds it, all gates together: an LSTM's
/// kernel has 4 · units columns. For a vector both are its length. A truncated normal draws again what lies more than two standard
/// deviations from zero; where the formula gives its variance v, those are the standard deviations of the normal before truncation,
/// √v / 0.87962566103423978, so that v is the variance after it.
/// </remarks>
public enum Initializer
{
    /// <summary>Uniform in ±√(6 / (fan_in + fan_out)) (Glorot and Bengio 2010).</summary>
    GlorotUniform,

    /// <summary>Truncated normal with variance 2 / (fan_in + fan_out).</summary>
    GlorotNormal,

    /// <summary>Uniform in ±√(6 / fan_in) (He et al. 2015).</summary>
    HeUniform,

    /// <summary>Truncated normal with variance 2 / fan_in.</summary>
    HeNormal,

    /// <summary>Uniform in ±√(3 / fan_in) (LeCun et al. 1998).</summary>
    LecunUniform,

    /// <summary>Truncated normal with variance 1 / fan_in.</summary>
    LecunNormal,

    /// <summary>Uniform in ±0.05.</summary>
    RandomUniform,

    /// <summary>Normal with standard deviation 0.05.</summary>
    RandomNormal,

    /// <summary>Normal with standard deviation 0.05 before truncation at ±0.1.</summary>
    TruncatedNormal,

    /// <summary>
    /// A matrix with orthonormal rows or columns, whichever are fewer (Saxe et al. 2013): over all gates together, not gate by gate.
    /// Only for matrices.
    /// </summary>
    Orthogonal,

    /// <summary>Ones on the main diagonal, zeros elsewhere. Only for matrices.</summary>
    Identity,

    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>Ones.</summary>
    Ones,
}
