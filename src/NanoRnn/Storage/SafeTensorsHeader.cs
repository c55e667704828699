namespace NanoRnn.Storage;

/// <summary>The header of a safetensors file.</summary>
/// <param name="Tensors">The tensors in the order of their data.</param>
/// <param name="Metadata">What else it says.</param>
internal sealed record SafeTensorsHeader(List<SafeTensorsEntry> Tensors, Dictionary<string, string> Metadata)
{
    /// <summary>Bytes of data that the tensors have.</summary>
    public long DataLength => Tensors.Count == 0 ? 0 : Tensors[Tensors.Count - 1].End;

    /// <summary>What the file says of the model's layers, if it is one of ours; null if it does not.</summary>
    public string? Description => Find(ModelDescription.Key);

    /// <summary>What a file of ours says under a key; null if it is none of ours or does not.</summary>
    public string? Find(string key) =>
        Metadata.TryGetValue(ModelDescription.FormatKey, out var format) && format == ModelDescription.Format && Metadata.TryGetValue(key, out var value)
            ? value
            : null;
}
