namespace NanoRnn.Reference;

internal sealed record ConcatenateDescription() : LayerDescription("concatenate")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceConcatenation(inputs);
}

/// <summary>The inputs, which lie side by side already.</summary>
internal sealed class ReferenceConcatenation(int inputs) : ReferenceLayer(inputs)
{
    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => input;
}
