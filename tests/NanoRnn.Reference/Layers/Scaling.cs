namespace NanoRnn.Reference;

/// <param name="IsInverse">Whether it is a denormalization.</param>
/// <param name="IsMinMax">Whether its statistics are minimum and maximum.</param>
internal sealed record ScalingDescription(bool IsInverse, bool IsMinMax) : LayerDescription(IsInverse ? "denormalization" : "normalization")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceScaling(name, inputs, this);
}

/// <summary>y = (x − offset) / scale, or y = x · scale + offset, by statistics that are not trained.</summary>
internal sealed class ReferenceScaling(string name, int inputs, ScalingDescription options) : ReferenceLayer(inputs)
{
    private const double Epsilon = 1e-7;

    private readonly ReferenceTensor _first = Statistic(options.IsMinMax ? $"{name}.minimum" : $"{name}.mean", inputs);
    private readonly ReferenceTensor _second = Statistic(options.IsMinMax ? $"{name}.maximum" : $"{name}.variance", inputs);

    public override IEnumerable<ReferenceTensor> Tensors => [_first, _second];

    public override ReferenceSequence Run(ReferenceSequence input, ReferenceRun run) => input.Select(
        x => [.. x.Select((feature, j) => options.IsInverse ? feature * Scale(j) + _first[j] : (feature - _first[j]) / Scale(j))]);

    private double Scale(int feature) => Math.Max(options.IsMinMax ? _second[feature] - _first[feature] : Math.Sqrt(_second[feature]), Epsilon);

    private static ReferenceTensor Statistic(string name, int features) => ReferenceTensor.Create(name, features) with { IsTrainable = false };
}
