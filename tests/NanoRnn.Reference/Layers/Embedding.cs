namespace NanoRnn.Reference;

internal sealed record EmbeddingDescription(int Vocabulary, int Dimensions) : LayerDescription("embedding")
{
    public bool MaskZero { get; init; }

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceEmbedding(name, this);
}

/// <summary>The row of each token; token 0 may be padding.</summary>
internal sealed class ReferenceEmbedding(string name, EmbeddingDescription options) : ReferenceLayer(options.Dimensions)
{
    private readonly ReferenceTensor _rows =
        ReferenceTensor.Create($"{name}.embeddings", options.Vocabulary, options.Dimensions);

    public override IEnumerable<ReferenceTensor> Tensors => [_rows];

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run)
    {
        run.MasksTargets = run.InDecoder && options.MaskZero;
        var tokens = Array.ConvertAll(input.Steps, step => (int)step[0]);
        double[][] steps = [.. tokens.Select(token => _rows.Values.AsSpan(token * Features, Features).ToArray())];
        return new(steps, options.MaskZero ? [.. tokens.Select((token, t) => token != 0 && input.IsValid(t))] : input.Mask);
    }
}
