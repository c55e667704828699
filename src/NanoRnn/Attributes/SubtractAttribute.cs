namespace NanoRnn;

/// <summary>The output of one layer less that of another, feature by feature.</summary>
/// <param name="minuend">Name of a layer further up, or <c>"input"</c>.</param>
/// <param name="subtrahend">
/// Name of what is subtracted from it, with as many features, both at every time step or both once a sequence.
/// </param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SubtractAttribute(string minuend, string subtrahend) : MergeLayerAttribute([minuend, subtrahend])
{
    /// <summary>Name of the layer that is subtracted from.</summary>
    public string Minuend { get; } = minuend;

    /// <summary>Name of the layer that is subtracted.</summary>
    public string Subtrahend { get; } = subtrahend;
}
