namespace NanoRnn.Reference;

internal sealed record NormalizationDescription() : LayerDescription("layer_normalization")
{
    public float Epsilon { get; init; } = 1e-3f;

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceNormalization(name, inputs, this);
}

/// <summary>y = γ·(x − mean) / √(variance + ε) + β over the features of each step.</summary>
internal sealed class ReferenceNormalization(string name, int inputs, NormalizationDescription options) : ReferenceLayer(inputs)
{
    private readonly ReferenceTensor _gamma = ReferenceTensor.Create($"{name}.gamma", inputs);
    private readonly ReferenceTensor _beta = ReferenceTensor.Create($"{name}.beta", inputs);

    public override IEnumerable<ReferenceTensor> Tensors => [_gamma, _beta];

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => input.Select(x =>
    {
        var mean = x.Average();
        var variance = x.Average(feature => (feature - mean) * (feature - mean));
        return [.. x.Select((feature, j) => _gamma[j] * (feature - mean) / Math.Sqrt(variance + options.Epsilon) + _beta[j])];
    });
}
