namespace NanoRnn;

/// <summary>
/// The largest value of each feature over all time steps of a sequence, Keras's <c>GlobalMaxPooling1D</c>. Steps that are skipped do not count.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalMaxPooling1DAttribute : LayerAttribute;
