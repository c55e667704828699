namespace NanoRnn;

/// <summary>What every layer attribute has: a name.</summary>
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The name in the summary and the prefix of the tensor names in a file. Default: as Keras names layers, <c>lstm</c>,
    /// <c>lstm_1</c> for the second of its kind.
    /// </summary>
    public string? Name { get; set; }
}
