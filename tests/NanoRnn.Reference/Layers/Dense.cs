using System.Text.Json.Serialization;

namespace NanoRnn.Reference;

internal sealed record DenseDescription(int Units) : LayerDescription("dense")
{
    public Activation Activation { get; init; } = Activation.Linear;

    /// <summary>A function of the model's own instead of the activation.</summary>
    [JsonIgnore]
    public Func<double, double>? ActivationMethod { get; init; }

    public bool UseBias { get; init; } = true;

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceDense(name, inputs, this);
}

/// <summary>y = act(x·W + b) at every time step.</summary>
internal sealed class ReferenceDense(string name, int inputs, DenseDescription options) : ReferenceLayer(options.Units)
{
    private readonly ReferenceTensor _w = ReferenceTensor.Create($"{name}.kernel", inputs, options.Units);
    private readonly ReferenceTensor? _b = options.UseBias ? ReferenceTensor.Create($"{name}.bias", options.Units) : null;

    public override IEnumerable<ReferenceTensor> Tensors => _b is null ? [_w] : [_w, _b];

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => input.Select(x =>
    {
        var y = new double[Features];
        for (var j = 0; j < Features; j++)
            y[j] = _w.Dot(x, j) + (_b?[j] ?? 0);

        return new ReferenceFunction(options.Activation, options.ActivationMethod).ApplyAll(y, run.Probe);
    });
}
