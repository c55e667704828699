namespace NanoRnn.Reference;

/// <summary>f = rec(x·W + h·U + b), h~ = act(x·W + (f·h)·U + b); h = (1 − f)·h + f·h~. Columns f|h.</summary>
internal sealed class MinimalGatedUnitReferenceCell(string name, int inputs, OwnCellDescription options)
    : OwnReferenceCell(name, inputs, gates: 2, options, useBias: true)
{
    public override double[][] Step(double[] x, double[][] states, double[] h, FunctionProbe? probe)
    {
        var forget = Enumerable.Range(0, Units).Select(j => Gate(W.Dot(x, j) + U.Dot(h, j) + Bias(j), probe)).ToArray();
        var kept = forget.Select((f, j) => f * h[j]).ToArray();
        return
        [
            [
                .. forget.Select((f, j) =>
                    (1 - f) * h[j] + f * Activate(W.Dot(x, Units + j) + U.Dot(kept, Units + j) + Bias(Units + j), probe)),
            ],
        ];
    }
}
