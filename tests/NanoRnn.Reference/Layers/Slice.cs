namespace NanoRnn.Reference;

internal sealed record SliceDescription(int Start, int Length) : LayerDescription("slice")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceSlice(this);
}

/// <summary>Some of the features.</summary>
internal sealed class ReferenceSlice(SliceDescription options) : ReferenceLayer(options.Length)
{
    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) =>
        input.Select(x => x.AsSpan(options.Start, options.Length).ToArray());
}
