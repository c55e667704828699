namespace NanoRnn;

/// <summary>
/// The model's output in the units of its targets: <c>y = x·max(√variance, 10⁻⁷) + mean</c> for every feature, or
/// <c>y = x·max(maximum − minimum, 10⁻⁷) + minimum</c>. The last layer; Keras's <c>Normalization(invert=True)</c>.
/// </summary>
/// <remarks>
/// The statistics are tensors of the model and of its files. The generated <c>Adapt</c> takes them from targets, and training leaves them
/// alone; a new model's leave its output as it is. Losses and metrics are in the units of the targets.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DenormalizationAttribute : LayerAttribute
{
    /// <summary>Which statistics. Default <see cref="NormalizationKind.Standard"/>, Keras's.</summary>
    public NormalizationKind Kind { get; set; }
}
