namespace NanoRnn;

/// <summary>What layers have that make one output of those of several layers.</summary>
public abstract class MergeLayerAttribute : LayerAttribute
{
    private protected MergeLayerAttribute(string[] inputs) => Inputs = inputs;

    /// <summary>Names of the layers further up whose outputs it reads; <c>"input"</c> is the model's input.</summary>
    public IReadOnlyList<string> Inputs { get; }
}
