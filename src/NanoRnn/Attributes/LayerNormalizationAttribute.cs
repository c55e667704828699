namespace NanoRnn;

/// <summary>
/// <c>y = γ·(x − mean) / √(variance + ε) + β</c> over the features of one time step (Ba et al. 2016), with a trainable γ and β per
/// feature.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormalizationAttribute : LayerAttribute
{
    /// <summary>ε, finite and positive. Default 0.001, as in Keras.</summary>
    public double Epsilon { get; set; } = 1e-3;
}
