namespace NanoRnn;

/// <summary>
/// Skips time steps whose features all have one value: recurrent layers keep their state there, and such a step does not count in
/// the loss of a model that returns sequences. The first layer of a model.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class MaskingAttribute : LayerAttribute
{
    /// <summary>The value, finite. Default 0.</summary>
    public double MaskValue { get; set; }
}
