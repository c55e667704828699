using System.Text.Json.Serialization;

namespace NanoRnn.Reference;

internal sealed record Conv1DDescription(int Filters, int KernelSize) : LayerDescription("conv1d")
{
    public int Strides { get; init; } = 1;

    public int DilationRate { get; init; } = 1;

    public Padding Padding { get; init; } = Padding.Valid;

    public int Groups { get; init; } = 1;

    /// <summary>Positions of each step that it goes over; 0 for a convolution over time.</summary>
    public int Positions { get; init; }

    public ReferenceWindows Windows => new(KernelSize, DilationRate, Strides, Padding);

    public Activation Activation { get; init; } = Activation.Linear;

    /// <summary>A function of the model's own instead of the activation.</summary>
    [JsonIgnore]
    public Func<double, double>? ActivationMethod { get; init; }

    public bool UseBias { get; init; } = true;

    public override ReferenceLayer Create(string name, int inputs) => Positions > 0 ? new ReferencePositionConv1D(name, inputs, this) : new ReferenceConv1D(name, inputs, this);
}

/// <summary>Within each step what <see cref="ReferenceConv1D"/> is over time.</summary>
internal sealed class ReferencePositionConv1D(string name, int inputs, Conv1DDescription options)
    : ReferenceLayer(options.Windows.Count(options.Positions) * options.Filters)
{
    private readonly ReferenceConv1D _convolution = new(name, inputs / options.Positions, options);

    public override IEnumerable<ReferenceTensor> Tensors => _convolution.Tensors;

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => input.Select(
        x => [.. _convolution.Run(new ReferenceSequence([.. x.Chunk(inputs / options.Positions)], null), run).Steps.SelectMany(position => position)]);
}

/// <summary>y[t] = act(Σⱼ x[t·s + j·d − before]·W[j] + b), where what lies beyond the ends is zero; each filter sees the channels of its group.</summary>
internal sealed class ReferenceConv1D(string name, int inputs, Conv1DDescription options) : ReferenceLayer(options.Filters)
{
    private readonly ReferenceTensor _w = ReferenceTensor.Create($"{name}.kernel", options.Windows.Size, inputs / options.Groups, options.Filters);
    private readonly ReferenceTensor? _b = options.UseBias ? ReferenceTensor.Create($"{name}.bias", options.Filters) : null;

    public override IEnumerable<ReferenceTensor> Tensors => _b is null ? [_w] : [_w, _b];

    public override int OutputSteps(int inputSteps, int targetSteps) => options.Windows.Count(inputSteps);

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run)
    {
        var outputs = Enumerable.Range(0, options.Windows.Count(input.Steps.Length)).Select(window =>
        {
            var y = new double[Features];
            for (var filter = 0; filter < Features; filter++)
            {
                var (group, channels) = (filter / (options.Filters / options.Groups), inputs / options.Groups);
                y[filter] = _b?[filter] ?? 0;
                foreach (var (tap, step) in options.Windows.StepsOf(window, input.Steps.Length))
                    for (var channel = 0; channel < channels; channel++)
                        y[filter] += input.Steps[step][group * channels + channel] * _w[tap * channels + channel, filter];
            }

            return new ReferenceFunction(options.Activation, options.ActivationMethod).ApplyAll(y, run.Probe);
        });
        return new([.. outputs], null);
    }
}
