namespace NanoRnn;

/// <summary>What every layer attribute has: a name, and what the layer reads.</summary>
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

    /// <summary>
    /// Name of the layer further up whose output this one reads; <c>"input"</c> is the model's input. Default <see langword="null"/>: the layer
    /// above, or the model's input for the first one. Several layers may read the same one.
    /// </summary>
    /// <example>
    /// A skip past a recurrent layer:
    /// <code>
    /// [RnnModel(InputSize = 13)]
    /// [Dense(32, Name = "features")]
    /// [Gru(32, ReturnSequences = true, Name = "context")]
    /// [Add("features", "context")]
    /// [Dense(1)]
    /// public sealed partial class Follower;
    /// </code>
    /// </example>
    public string? Input { get; set; }
}
