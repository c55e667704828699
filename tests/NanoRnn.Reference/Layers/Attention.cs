namespace NanoRnn.Reference;

/// <summary>The mean of what <see cref="LayerDescription.Inputs"/> names second, weighed by a softmax of how the first goes together with the third.</summary>
internal sealed record AttentionDescription() : LayerDescription("attention")
{
    public override ReferenceLayer Create(string name, int inputs) => throw new NotSupportedException("Attention reads several layers.");

    public override ReferenceLayer Create(string name, IReadOnlyList<int> inputs) => new ReferenceAttention(inputs[1], scale: null);
}

/// <inheritdoc cref="AttentionDescription"/>
internal sealed record AdditiveAttentionDescription() : LayerDescription("additive_attention")
{
    public override ReferenceLayer Create(string name, int inputs) => throw new NotSupportedException("Attention reads several layers.");

    public override ReferenceLayer Create(string name, IReadOnlyList<int> inputs) =>
        new ReferenceAttention(inputs[1], ReferenceTensor.Create($"{name}.scale", inputs[2]));
}

/// <summary>y = Σ a·v with a = softmax(q·k), or softmax(Σ scale·tanh(q + k)), over the steps that count.</summary>
internal sealed class ReferenceAttention(int features, ReferenceTensor? scale) : ReferenceLayer(features)
{
    public override IEnumerable<ReferenceTensor> Tensors => scale is null ? [] : [scale];

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => throw new NotSupportedException("Attention reads several layers.");

    public override ReferenceSequence Run(IReadOnlyList<ReferenceSequence> inputs, ReferenceRun run)
    {
        var (values, keys) = (inputs[1], inputs[2]);
        return inputs[0].Select(query =>
        {
            var steps = Enumerable.Range(0, values.Steps.Length).Where(values.IsValid).ToArray();
            var y = new double[Features];
            if (steps.Length == 0)
                return y;
            var scores = Array.ConvertAll(steps, step => Score(query, keys.Steps[step], run));
            var exponentials = Array.ConvertAll(scores, score => Probed(Math.Exp(score - scores.Max()), run));
            for (var i = 0; i < steps.Length; i++)
                for (var feature = 0; feature < y.Length; feature++)
                    y[feature] += Probed(exponentials[i] / exponentials.Sum(), run) * values.Steps[steps[i]][feature];
            return Array.ConvertAll(y, value => Probed(value, run));
        });
    }

    private double Score(double[] query, double[] key, ReferenceRun run)
    {
        var score = 0.0;
        for (var i = 0; i < query.Length; i++)
            score += scale is null ? query[i] * key[i] : scale[i] * Probed(Math.Tanh(query[i] + key[i]), run);
        return Probed(score, run);
    }

    private static double Probed(double value, ReferenceRun run) => run.Probe?.Function(value) ?? value;
}
