namespace NanoRnn.Tool.Writing;

/// <summary>A model in layers of NanoRnn.</summary>
/// <param name="InputSize">Features of a step; 0 if it takes tokens.</param>
/// <param name="Layers">The layers in order.</param>
/// <param name="Outputs">Numbers of the layers that are its outputs.</param>
/// <param name="Methods">Functions that no activation of NanoRnn is, and cells that no layer is.</param>
internal sealed record ImportedModel(int InputSize, IReadOnlyList<ImportedLayer> Layers, IReadOnlyList<int> Outputs, IReadOnlyList<ImportedMethod> Methods)
{
    /// <summary>The tensors under their full names.</summary>
    public IEnumerable<ImportedTensor> Tensors => Layers.SelectMany(layer => layer.Tensors.Select(tensor => tensor with { Name = $"{layer.Name}.{tensor.Name}" }));

    public long ParameterCount => Layers.Sum(layer => layer.Tensors.Sum(tensor => (long)tensor.Values.Length));
}
