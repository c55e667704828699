namespace NanoRnn;

/// <summary>
/// The model's input in its own units: <c>y = (x − mean) / max(√variance, 10⁻⁷)</c> for every feature, or
/// <c>y = (x − minimum) / max(maximum − minimum, 10⁻⁷)</c>. The first layer, or the one behind <see cref="MaskingAttribute"/>.
/// </summary>
/// <remarks>
/// The statistics are tensors of the model and of its files. The generated <c>Adapt</c> takes them from data, and training leaves them alone;
/// a new model's leave its input as it is.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NormalizationAttribute : LayerAttribute
{
    /// <summary>Which statistics. Default <see cref="NormalizationKind.Standard"/>, Keras's.</summary>
    public NormalizationKind Kind { get; set; }
}
