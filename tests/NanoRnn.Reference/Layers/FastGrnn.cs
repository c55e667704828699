namespace NanoRnn.Reference;

/// <summary>s = x·W + h·U, z = rec(s + b), h~ = act(s + b′); h = (rec(ζ)·(1 − z) + rec(ν))·h~ + z·h.</summary>
internal sealed class FastGrnnReferenceCell : OwnReferenceCell
{
    private readonly ReferenceTensor _gate, _update, _zeta, _nu;

    public FastGrnnReferenceCell(string name, int inputs, OwnCellDescription options)
        : base(name, inputs, gates: 1, options, useBias: false) =>
        (_gate, _update, _zeta, _nu) = (Vector("bias_gate"), Vector("bias_update"), Vector("zeta"), Vector("nu"));

    public override IEnumerable<ReferenceTensor> Tensors => [W, U, _gate, _update, _zeta, _nu];

    public override double[][] Step(double[] x, double[][] states, double[] h, FunctionProbe? probe) =>
    [
        [
            .. Enumerable.Range(0, Units).Select(j =>
            {
                var sum = W.Dot(x, j) + U.Dot(h, j);
                var z = Gate(sum + _gate[j], probe);
                return (Gate(_zeta[j], probe) * (1 - z) + Gate(_nu[j], probe)) * Activate(sum + _update[j], probe) + z * h[j];
            }),
        ],
    ];
}
