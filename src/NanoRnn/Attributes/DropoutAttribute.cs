namespace NanoRnn;

/// <summary>
/// In training, sets a share of its inputs to zero and scales the others by 1 / (1 − rate), every time step anew (Srivastava et al.
/// 2014); in prediction does nothing.
/// </summary>
/// <param name="rate">The share, 0 up to but not 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The share.</summary>
    public double Rate { get; } = rate;
}
