namespace NanoRnn.Reference;

/// <summary>A layer, one sequence at a time.</summary>
internal abstract class ReferenceLayer(int features)
{
    /// <summary>Features of one step of the output.</summary>
    public int Features { get; } = features;

    public virtual IEnumerable<ReferenceTensor> Tensors => [];

    /// <summary>Time steps of the output.</summary>
    public virtual int OutputSteps(int inputSteps, int targetSteps) => inputSteps;

    public abstract ReferenceSequence Run(ReferenceSequence input, ReferenceRun run);

    /// <summary>In training, of a layer that sees all sequences of a batch at once; null from others.</summary>
    public virtual IReadOnlyList<ReferenceSequence>? RunBatch(IReadOnlyList<ReferenceSequence> inputs, bool movesStatistics) => null;

    /// <summary>Of a layer that reads several, which most see side by side.</summary>
    public virtual ReferenceSequence Run(IReadOnlyList<ReferenceSequence> inputs, ReferenceRun run) => Run(inputs.Aggregate(ReferenceSequence.Join), run);
}
