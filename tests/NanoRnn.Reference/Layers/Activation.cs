namespace NanoRnn.Reference;

internal sealed record ActivationDescription(Activation Activation) : LayerDescription("activation")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceActivation(inputs, this);
}

/// <summary>y = act(x)</summary>
internal sealed class ReferenceActivation(int inputs, ActivationDescription options) : ReferenceLayer(inputs)
{
    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) =>
        input.Select(x => ReferenceActivations.ApplyAll(options.Activation, x, run.Probe));
}
