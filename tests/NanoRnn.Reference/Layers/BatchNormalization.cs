namespace NanoRnn.Reference;

internal sealed record BatchNormalizationDescription() : LayerDescription("batch_normalization")
{
    public float Momentum { get; init; } = 0.99f;

    public float Epsilon { get; init; } = 1e-3f;

    public bool Scale { get; init; } = true;

    public bool Center { get; init; } = true;

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceBatchNormalization(name, inputs, this);
}

/// <summary>
/// y = γ·(x − mean) / √(variance + ε) + β for each feature: by statistics of all steps of all sequences that count in training, else by those that are
/// tensors.
/// </summary>
internal sealed class ReferenceBatchNormalization(string name, int inputs, BatchNormalizationDescription options) : ReferenceLayer(inputs)
{
    private readonly ReferenceTensor? _gamma = options.Scale ? ReferenceTensor.Create($"{name}.gamma", inputs) : null;
    private readonly ReferenceTensor? _beta = options.Center ? ReferenceTensor.Create($"{name}.beta", inputs) : null;
    private readonly ReferenceTensor _mean = Moving($"{name}.moving_mean", inputs);
    private readonly ReferenceTensor _variance = Moving($"{name}.moving_variance", inputs);

    public override IEnumerable<ReferenceTensor> Tensors => new[] { _gamma, _beta, _mean, _variance }.OfType<ReferenceTensor>();

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => Normalize(input, _mean.Values, _variance.Values);

    public override IReadOnlyList<ReferenceSequence> RunBatch(IReadOnlyList<ReferenceSequence> inputs, bool movesStatistics)
    {
        double[][] rows = [.. inputs.SelectMany(input => input.Steps.Where((_, t) => input.IsValid(t)))];
        double[] mean = [.. Enumerable.Range(0, Features).Select(j => rows.Average(row => row[j]))];
        double[] variance = [.. Enumerable.Range(0, Features).Select(j => rows.Average(row => (row[j] - mean[j]) * (row[j] - mean[j])))];
        var share = 1 - options.Momentum;
        for (var j = 0; movesStatistics && j < Features; j++)
        {
            _mean.Values[j] += share * (mean[j] - _mean[j]);
            _variance.Values[j] += share * (variance[j] - _variance[j]);
        }

        return [.. inputs.Select(input => Normalize(input, mean, variance))];
    }

    private static ReferenceTensor Moving(string name, int features) => ReferenceTensor.Create(name, features) with { IsTrainable = false, IsMoving = true };

    private ReferenceSequence Normalize(ReferenceSequence input, double[] mean, double[] variance) => input.Select(
        x => [.. x.Select((feature, j) => (_gamma?[j] ?? 1) * (feature - mean[j]) / Math.Sqrt(variance[j] + options.Epsilon) + (_beta?[j] ?? 0))]);
}
