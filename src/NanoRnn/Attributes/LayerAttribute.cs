namespace NanoRnn;

/// <summary>What every layer attribute has: the number of units, a name, a bias.</summary>
/// <param name="units">Number of units, the size of the layer's output at one time step; at least 1.</param>
public abstract class LayerAttribute(int units) : Attribute
{
    /// <summary>Number of units, the size of the layer's output at one time step.</summary>
    public int Units { get; } = units;

    /// <summary>
    /// The name in the summary and the prefix of the tensor names in a file. Default: as Keras names layers, <c>lstm</c>,
    /// <c>lstm_1</c> for the second of its kind.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>Whether the layer adds a trainable bias. Default <see langword="true"/>.</summary>
    public bool UseBias { get; set; } = true;
}
