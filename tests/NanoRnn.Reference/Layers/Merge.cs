namespace NanoRnn.Reference;

/// <param name="DefaultName">Keras's name of the layer.</param>
/// <param name="Operation">What becomes of two features.</param>
internal sealed record MergeDescription(string DefaultName, Func<double, double, double> Operation) : LayerDescription(DefaultName)
{
    /// <summary>Whether the result is divided by the number of inputs.</summary>
    public bool IsMean { get; init; }

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceMerging(inputs / Inputs!.Count, this);
}

/// <summary>y = ((a ∘ b) ∘ c) ∘ …, feature by feature, of inputs that lie side by side.</summary>
internal sealed class ReferenceMerging(int features, MergeDescription options) : ReferenceLayer(features)
{
    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => input.Select(
        x => x.Chunk(Features).Aggregate((a, b) => [.. a.Zip(b, options.Operation)]))
        .Select(y => options.IsMean ? Array.ConvertAll(y, feature => feature / options.Inputs!.Count) : y)
        .Select(y => run.Probe is null ? y : Array.ConvertAll(y, run.Probe.Function));
}
