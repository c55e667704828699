namespace NanoRnn;

/// <summary>
/// <c>y = x</c> where x is positive, else <c>y = α·x</c> with a trainable α of its own for each feature (He et al. 2015): Keras's
/// <c>PReLU(shared_axes=[1])</c>, PyTorch's <c>PReLU(features)</c>. The tensor is <c>p_re_lu.alpha</c>, zeros at first as in Keras.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PReLUAttribute : LayerAttribute;
