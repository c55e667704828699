namespace NanoRnn.Reference;

/// <summary>a = x·W + h·U, b = a·U + b; h = tanh(bend(b + d·s) − a / (2 + s²) / 2 − 0.1), where d is the h before.</summary>
internal sealed class UnusualReferenceCell : OwnReferenceCell
{
    private readonly ReferenceTensor _kernel, _scale;
    private readonly ReferenceTensor? _b;

    public UnusualReferenceCell(string name, int inputs, OwnCellDescription options)
        : base(name, inputs, gates: 2, options, useBias: false) =>
        (_kernel, _b, _scale) = (
            ReferenceTensor.Create($"{name}.kernel", inputs, options.Units), options.UseBias ? Vector("bias") : null, Vector("scale"));

    public override int States => 2;

    /// <summary>The second gate has no input.</summary>
    public override IEnumerable<ReferenceTensor> Tensors => _b is null ? [_kernel, U, _scale] : [_kernel, U, _b, _scale];

    public override double[][] Step(double[] x, double[][] states, double[] h, FunctionProbe? probe)
    {
        var a = Enumerable.Range(0, Units).Select(j => _kernel.Dot(x, j) + U.Dot(h, j)).ToArray();
        return
        [
            [
                .. a.Select((sum, j) => ReferenceActivations.Apply(
                    Activation.Tanh,
                    Bend(U.Dot(a, Units + j) + (_b?[j] ?? 0) + states[1][j] * _scale[j], probe) - sum / (2 + _scale[j] * _scale[j]) * 0.5 - 0.1f,
                    probe)),
            ],
            h,
        ];
    }

    private static double Bend(double x, FunctionProbe? probe)
    {
        probe?.Note(x > 0);
        return x > 0 ? x / (1 + x) : 0.25 * x;
    }
}
