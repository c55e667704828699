namespace NanoRnn;

/// <summary>
/// What layers have that attend: of each step of what they read, the query, they make a mean of the values, weighed by how well query and key go
/// together. Weights are a softmax over the steps of the values; steps beyond a sequence's length, and those that are skipped, weigh nothing.
/// </summary>
public abstract class AttentionLayerAttribute : LayerAttribute
{
    private protected AttentionLayerAttribute(string value) => Value = value;

    /// <summary>Name of the layer further up whose outputs are averaged, at every step of a sequence: mostly that of an encoder.</summary>
    public string Value { get; }

    /// <summary>
    /// Name of the layer further up with whose outputs queries are compared, at the same steps as the values and with as many features as the
    /// query. Default <see langword="null"/>: the values themselves.
    /// </summary>
    public string? Key { get; set; }
}
