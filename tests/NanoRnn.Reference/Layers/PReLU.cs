namespace NanoRnn.Reference;

internal sealed record PReLUDescription() : LayerDescription("p_re_lu")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferencePReLU(name, inputs);
}

/// <summary>y = max(x, 0) + α·min(x, 0).</summary>
internal sealed class ReferencePReLU(string name, int inputs) : ReferenceLayer(inputs)
{
    private readonly ReferenceTensor _alpha = ReferenceTensor.Create($"{name}.alpha", inputs);

    public override IEnumerable<ReferenceTensor> Tensors => [_alpha];

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => input.Select(x =>
    {
        var y = new double[Features];
        for (var i = 0; i < y.Length; i++)
        {
            run.Probe?.Note(x[i] > 0);
            y[i] = Math.Max(x[i], 0) + _alpha[i] * Math.Min(x[i], 0);
        }

        return y;
    });
}
