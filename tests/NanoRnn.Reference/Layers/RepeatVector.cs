namespace NanoRnn.Reference;

internal sealed record RepeatDescription(int Count) : LayerDescription("repeat_vector")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceRepeat(inputs, this);
}

/// <summary>The same vector at every step.</summary>
internal sealed class ReferenceRepeat(int inputs, RepeatDescription options) : ReferenceLayer(inputs)
{
    public override int OutputSteps(int inputSteps, int targetSteps) => options.Count;

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) =>
        new([.. Enumerable.Repeat(input.Steps.Single(), options.Count)], null);
}
