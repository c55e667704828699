namespace NanoRnn.Reference;

/// <summary>An LSTM whose input and forget gates see p·c before the step, and its output gate after it.</summary>
internal sealed class PeepholeLstmReferenceCell : OwnReferenceCell
{
    private readonly ReferenceTensor _i, _f, _o;

    public PeepholeLstmReferenceCell(string name, int inputs, OwnCellDescription options)
        : base(name, inputs, gates: 4, options, useBias: true) =>
        (_i, _f, _o) = (Vector("peephole_i"), Vector("peephole_f"), Vector("peephole_o"));

    public override int States => 2;

    public override IEnumerable<ReferenceTensor> Tensors => [.. base.Tensors, _i, _f, _o];

    public override double[][] Step(double[] x, double[][] states, double[] h, FunctionProbe? probe)
    {
        double[] nextH = new double[Units], nextC = new double[Units];
        for (var j = 0; j < Units; j++)
        {
            var c = states[1][j];
            var i = Gate(Sum(j) + _i[j] * c, probe);
            var f = Gate(Sum(Units + j) + _f[j] * c, probe);
            nextC[j] = f * c + i * Activate(Sum(2 * Units + j), probe);
            nextH[j] = Gate(Sum(3 * Units + j) + _o[j] * nextC[j], probe) * Activate(nextC[j], probe);
        }

        return [nextH, nextC];

        double Sum(int column) => W.Dot(x, column) + U.Dot(h, column) + Bias(column);
    }
}
