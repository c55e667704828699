namespace NanoRnn.Reference;

internal sealed record MaskingDescription() : LayerDescription("masking")
{
    public float MaskValue { get; init; }

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceMasking(inputs, this);
}

/// <summary>Masks the steps whose features all have one value. Layers without a state compute with these features as with any.</summary>
internal sealed class ReferenceMasking(int inputs, MaskingDescription options) : ReferenceLayer(inputs)
{
    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) =>
        input with { Mask = [.. input.Steps.Select((x, t) => input.IsValid(t) && x.Any(feature => feature != options.MaskValue))] };
}
