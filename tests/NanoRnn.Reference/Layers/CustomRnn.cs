namespace NanoRnn.Reference;

/// <summary>A layer whose cell is one of the tests' own, by the name of its method.</summary>
internal sealed record OwnCellDescription(string Cell, int Units) : RecurrentDescription("custom_rnn", Units)
{
    public override ReferenceCell CreateCell(string name, int inputs) => Cell switch
    {
        "MinimalGatedUnit" => new MinimalGatedUnitReferenceCell(name, inputs, this),
        "FastGrnn" => new FastGrnnReferenceCell(name, inputs, this),
        "PeepholeLstm" => new PeepholeLstmReferenceCell(name, inputs, this),
        "Unusual" => new UnusualReferenceCell(name, inputs, this),
        _ => throw new NotSupportedException($"The reference has no cell {Cell}."),
    };
}

/// <summary>What the cells share: vectors of weights, and biases where the layer has them.</summary>
internal abstract class OwnReferenceCell : ReferenceCell
{
    private readonly string _name;

    protected OwnReferenceCell(string name, int inputs, int gates, OwnCellDescription options, bool useBias)
        : base(name, inputs, gates, options with { UseBias = useBias && options.UseBias }) =>
        _name = name;

    protected double Bias(int column) => B?[column] ?? 0;

    protected ReferenceTensor Vector(string weight) => ReferenceTensor.Create($"{_name}.{weight}", Units);
}
