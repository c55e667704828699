namespace NanoRnn;

/// <summary>What every layer with units has: their number, and a bias.</summary>
/// <param name="units">Number of units, the size of the layer's output at one time step; at least 1.</param>
public abstract class UnitsLayerAttribute(int units) : LayerAttribute
{
    /// <summary>Number of units, the size of the layer's output at one time step.</summary>
    public int Units { get; } = units;

    /// <summary>Whether the layer adds a trainable bias. Default <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;
}
