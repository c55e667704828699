namespace NanoRnn.Storage;

/// <summary>The header of a safetensors file.</summary>
/// <param name="Tensors">The tensors in the order of their data.</param>
/// <param name="Description">What the file says of the model's layers; null if it does not.</param>
internal sealed record SafeTensorsHeader(List<SafeTensorsEntry> Tensors, string? Description)
{
    /// <summary>Bytes of data that the tensors have.</summary>
    public long DataLength => Tensors.Count == 0 ? 0 : Tensors[Tensors.Count - 1].End;
}
