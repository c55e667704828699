namespace NanoRnn;

/// <summary>
/// A function of the user's as a layer: a <c>static float F(float x)</c> of the model class, applied to each feature by itself. It is
/// compiled into the network with its derivative, not called; see the page on functions for what it may contain.
/// </summary>
/// <param name="method">Name of the method, such as <c>nameof(Scale)</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LambdaAttribute(string method) : LayerAttribute
{
    /// <summary>Name of the method.</summary>
    public string Method { get; } = method;
}
