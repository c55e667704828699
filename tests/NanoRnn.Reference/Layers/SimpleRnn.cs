namespace NanoRnn.Reference;

internal sealed record SimpleRnnDescription(int Units) : RecurrentDescription("simple_rnn", Units)
{
    public override ReferenceCell CreateCell(string name, int inputs) => new SimpleRnnReferenceCell(name, inputs, this);
}

/// <summary>h = act(x·W + h·U + b)</summary>
internal sealed class SimpleRnnReferenceCell(string name, int inputs, SimpleRnnDescription options)
    : ReferenceCell(name, inputs, gates: 1, options)
{
    public override double[][] Step(double[] x, double[][] states, double[] h, FunctionProbe? probe)
    {
        var next = new double[Units];
        for (var j = 0; j < Units; j++)
            next[j] = Activate(W.Dot(x, j) + U.Dot(h, j) + (B?[j] ?? 0), probe);

        return [next];
    }
}
