namespace NanoRnn.Tests.Reference;

/// <summary>A layer whose cell is one of the tests' own, by the name of its method.</summary>
internal sealed record OwnCellDescription(string Cell, int Units) : RecurrentDescription("custom_rnn", Units)
{
    public Activation RecurrentActivation { get; init; } = Activation.Sigmoid;

    public override ReferenceCell CreateCell(string name, int inputs) => Cell switch
    {
        "MinimalGatedUnit" => new MinimalGatedUnitReferenceCell(name, inputs, this),
        "FastGrnn" => new FastGrnnReferenceCell(name, inputs, this),
        "PeepholeLstm" => new PeepholeLstmReferenceCell(name, inputs, this),
        "Unusual" => new UnusualReferenceCell(name, inputs, this),
        _ => throw new NotSupportedException($"The reference has no cell {Cell}."),
    };
}

/// <summary>What the cells share: vectors of weights, activations.</summary>
internal abstract class OwnReferenceCell : ReferenceCell
{
    private readonly string _name;
    private readonly Activation _recurrentActivation;

    protected OwnReferenceCell(string name, int inputs, int gates, OwnCellDescription options, bool useBias)
        : base(name, inputs, gates, options with { UseBias = useBias }) =>
        (_name, _recurrentActivation) = (name, options.RecurrentActivation);

    protected ReferenceTensor Vector(string weight) => ReferenceTensor.Create($"{_name}.{weight}", Units);

    protected double Gate(double x, BranchTrace? branches) => ReferenceActivations.Apply(_recurrentActivation, x, branches);
}

/// <summary>f = rec(x·W + h·U + b), h~ = act(x·W + (f·h)·U + b); h = (1 − f)·h + f·h~. Columns f|h.</summary>
internal sealed class MinimalGatedUnitReferenceCell(string name, int inputs, OwnCellDescription options)
    : OwnReferenceCell(name, inputs, gates: 2, options, useBias: true)
{
    public override double[][] Step(double[] x, double[][] states, double[] h, BranchTrace? branches)
    {
        var forget = Enumerable.Range(0, Units).Select(j => Gate(W.Dot(x, j) + U.Dot(h, j) + B![j], branches)).ToArray();
        var kept = forget.Select((f, j) => f * h[j]).ToArray();
        return
        [
            [
                .. forget.Select((f, j) =>
                    (1 - f) * h[j] + f * Activate(W.Dot(x, Units + j) + U.Dot(kept, Units + j) + B![Units + j], branches)),
            ],
        ];
    }
}

/// <summary>s = x·W + h·U, z = rec(s + b), h~ = act(s + b′); h = (rec(ζ)·(1 − z) + rec(ν))·h~ + z·h.</summary>
internal sealed class FastGrnnReferenceCell : OwnReferenceCell
{
    private readonly ReferenceTensor _gate, _update, _zeta, _nu;

    public FastGrnnReferenceCell(string name, int inputs, OwnCellDescription options)
        : base(name, inputs, gates: 1, options, useBias: false) =>
        (_gate, _update, _zeta, _nu) = (Vector("bias_gate"), Vector("bias_update"), Vector("zeta"), Vector("nu"));

    public override IEnumerable<ReferenceTensor> Tensors => [W, U, _gate, _update, _zeta, _nu];

    public override double[][] Step(double[] x, double[][] states, double[] h, BranchTrace? branches) =>
    [
        [
            .. Enumerable.Range(0, Units).Select(j =>
            {
                var sum = W.Dot(x, j) + U.Dot(h, j);
                var z = Gate(sum + _gate[j], branches);
                return (Gate(_zeta[j], branches) * (1 - z) + Gate(_nu[j], branches)) * Activate(sum + _update[j], branches) + z * h[j];
            }),
        ],
    ];
}

/// <summary>An LSTM whose input and forget gates see p·c before the step, and its output gate after it.</summary>
internal sealed class PeepholeLstmReferenceCell : OwnReferenceCell
{
    private readonly ReferenceTensor _i, _f, _o;

    public PeepholeLstmReferenceCell(string name, int inputs, OwnCellDescription options)
        : base(name, inputs, gates: 4, options, useBias: true) =>
        (_i, _f, _o) = (Vector("peephole_i"), Vector("peephole_f"), Vector("peephole_o"));

    public override int States => 2;

    public override IEnumerable<ReferenceTensor> Tensors => [W, U, B!, _i, _f, _o];

    public override double[][] Step(double[] x, double[][] states, double[] h, BranchTrace? branches)
    {
        double[] nextH = new double[Units], nextC = new double[Units];
        for (var j = 0; j < Units; j++)
        {
            var c = states[1][j];
            var i = Gate(Sum(j) + _i[j] * c, branches);
            var f = Gate(Sum(Units + j) + _f[j] * c, branches);
            nextC[j] = f * c + i * Activate(Sum(2 * Units + j), branches);
            nextH[j] = Gate(Sum(3 * Units + j) + _o[j] * nextC[j], branches) * Activate(nextC[j], branches);
        }

        return [nextH, nextC];

        double Sum(int column) => W.Dot(x, column) + U.Dot(h, column) + B![column];
    }
}

/// <summary>a = x·W + h·U, b = a·U + b; h = tanh(bend(b + d·s) − a / (2 + s²) / 2 − 0.1), where d is the h before.</summary>
internal sealed class UnusualReferenceCell : OwnReferenceCell
{
    private readonly ReferenceTensor _kernel, _b, _scale;

    public UnusualReferenceCell(string name, int inputs, OwnCellDescription options)
        : base(name, inputs, gates: 2, options, useBias: false) =>
        (_kernel, _b, _scale) = (ReferenceTensor.Create($"{name}.kernel", inputs, options.Units), Vector("bias"), Vector("scale"));

    public override int States => 2;

    /// <summary>The second gate has no input.</summary>
    public override IEnumerable<ReferenceTensor> Tensors => [_kernel, U, _b, _scale];

    public override double[][] Step(double[] x, double[][] states, double[] h, BranchTrace? branches)
    {
        var a = Enumerable.Range(0, Units).Select(j => _kernel.Dot(x, j) + U.Dot(h, j)).ToArray();
        return
        [
            [
                .. a.Select((sum, j) => Math.Tanh(
                    Bend(U.Dot(a, Units + j) + _b[j] + states[1][j] * _scale[j], branches) - sum / (2 + _scale[j] * _scale[j]) * 0.5 - 0.1f)),
            ],
            h,
        ];
    }

    private static double Bend(double x, BranchTrace? branches)
    {
        branches?.Note(x > 0);
        return x > 0 ? x / (1 + x) : 0.25 * x;
    }
}
