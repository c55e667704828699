namespace NanoRnn;

/// <summary>What every recurrent layer attribute has.</summary>
/// <param name="units">Number of units, the size of the state; at least 1.</param>
public abstract class RecurrentLayerAttribute(int units) : LayerAttribute(units)
{
    /// <summary>Activation of the output (for gated cells: of the candidate and of the cell state). Default tanh.</summary>
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>
    /// Whether the layer returns its output at every time step (needed when another recurrent layer follows) or only the
    /// last one. Default <see langword="false"/>, as in Keras.
    /// </summary>
    public bool ReturnSequences { get; set; }
}
