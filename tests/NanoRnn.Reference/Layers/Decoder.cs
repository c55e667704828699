namespace NanoRnn.Reference;

/// <summary>The layers above it are the encoder; those below it start from the encoder's last states.</summary>
internal sealed record DecoderDescription(int StartToken, int EndToken) : LayerDescription("decoder")
{
    /// <summary>Whether its recurrent layers start where the encoder's ended; else at zeros, or their weights.</summary>
    public bool UseEncoderState { get; init; } = true;

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceDecoder(this);
}

/// <summary>Replaces the encoder's output by the decoder's input: the targets, one step later, behind the start token.</summary>
internal sealed class ReferenceDecoder(DecoderDescription options) : ReferenceLayer(1)
{
    public override int OutputSteps(int inputSteps, int targetSteps) => targetSteps;

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run)
    {
        run.InDecoder = true;
        if (!options.UseEncoderState)
            run.EncoderStates.Clear();
        return new([.. run.Targets.SkipLast(1).Prepend(options.StartToken).Select(token => (double[])[token])], null);
    }
}
