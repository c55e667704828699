namespace NanoRnn;

/// <summary>
/// The mean of each feature over all time steps of a sequence, Keras's <c>GlobalAveragePooling1D</c>. Steps that are skipped do not count.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalAveragePooling1DAttribute : LayerAttribute;
