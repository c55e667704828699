namespace NanoRnn;

/// <summary>An activation as a layer of its own.</summary>
/// <param name="activation">The function.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ActivationAttribute(Activation activation) : LayerAttribute
{
    /// <summary>The function.</summary>
    public Activation Activation { get; } = activation;
}
