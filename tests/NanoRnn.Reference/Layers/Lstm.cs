namespace NanoRnn.Reference;

internal sealed record LstmDescription(int Units) : RecurrentDescription("lstm", Units)
{
    public override ReferenceCell CreateCell(string name, int inputs) => new LstmReferenceCell(name, inputs, this);
}

/// <summary>
/// i, f, o = rec(x·W + h·U + b), c~ = act(x·W + h·U + b); c = f·c + i·c~; h = o·act(c). Columns i|f|c|o.
/// </summary>
internal sealed class LstmReferenceCell(string name, int inputs, LstmDescription options)
    : ReferenceCell(name, inputs, gates: 4, options)
{
    public override int States => 2;

    public override double[][] Step(double[] x, double[][] states, double[] h, FunctionProbe? probe)
    {
        double[] nextH = new double[Units], nextC = new double[Units];
        for (var j = 0; j < Units; j++)
        {
            var i = Gate(Sum(j), probe);
            var f = Gate(Sum(Units + j), probe);
            var candidate = Activate(Sum(2 * Units + j), probe);
            var o = Gate(Sum(3 * Units + j), probe);
            nextC[j] = f * states[1][j] + i * candidate;
            nextH[j] = o * Activate(nextC[j], probe);
        }

        return [nextH, nextC];

        double Sum(int column) => W.Dot(x, column) + U.Dot(h, column) + (B?[column] ?? 0);
    }
}
