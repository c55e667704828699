namespace NanoRnn.Tests.Reference;

/// <summary>
/// One step of a recurrent layer in plain loops over Keras's tensors: a kernel W for the input, U for the state, a bias.
/// </summary>
internal abstract class ReferenceCell
{
    private readonly RecurrentDescription _options;

    protected ReferenceCell(string name, int inputs, int gates, RecurrentDescription options, int biases = 1)
    {
        _options = options;
        var columns = gates * options.Units;
        W = ReferenceTensor.Create($"{name}.kernel", inputs, columns);
        U = ReferenceTensor.Create($"{name}.recurrent_kernel", options.Units, columns);
        if (options.UseBias)
            B = biases == 1 ? ReferenceTensor.Create($"{name}.bias", columns) : ReferenceTensor.Create($"{name}.bias", biases, columns);
    }

    public virtual IEnumerable<ReferenceTensor> Tensors => B is null ? [W, U] : [W, U, B];

    /// <summary>How many vectors of state there are; the first is the output.</summary>
    public virtual int States => 1;

    protected int Units => _options.Units;

    protected ReferenceTensor W { get; }

    protected ReferenceTensor U { get; }

    protected ReferenceTensor? B { get; }

    /// <summary>The states after a step, in new arrays.</summary>
    /// <param name="x">The input.</param>
    /// <param name="states">The states before the step.</param>
    /// <param name="h">What meets the recurrent kernel: the first state, after dropout if there is any.</param>
    /// <param name="branches">Learns about kinks.</param>
    public abstract double[][] Step(double[] x, double[][] states, double[] h, BranchTrace? branches);

    protected double Activate(double x, BranchTrace? branches) => ReferenceActivations.Apply(_options.Activation, x, branches);
}

/// <summary>h = act(x·W + h·U + b)</summary>
internal sealed class SimpleRnnReferenceCell(string name, int inputs, SimpleRnnDescription options)
    : ReferenceCell(name, inputs, gates: 1, options)
{
    public override double[][] Step(double[] x, double[][] states, double[] h, BranchTrace? branches)
    {
        var next = new double[Units];
        for (var j = 0; j < Units; j++)
            next[j] = Activate(W.Dot(x, j) + U.Dot(h, j) + (B?[j] ?? 0), branches);

        return [next];
    }
}

/// <summary>
/// i, f, o = rec(x·W + h·U + b), c~ = act(x·W + h·U + b); c = f·c + i·c~; h = o·act(c). Columns i|f|c|o.
/// </summary>
internal sealed class LstmReferenceCell(string name, int inputs, LstmDescription options)
    : ReferenceCell(name, inputs, gates: 4, options)
{
    public override int States => 2;

    public override double[][] Step(double[] x, double[][] states, double[] h, BranchTrace? branches)
    {
        double[] nextH = new double[Units], nextC = new double[Units];
        for (var j = 0; j < Units; j++)
        {
            var i = Gate(j);
            var f = Gate(Units + j);
            var candidate = Activate(Sum(2 * Units + j), branches);
            var o = Gate(3 * Units + j);
            nextC[j] = f * states[1][j] + i * candidate;
            nextH[j] = o * Activate(nextC[j], branches);
        }

        return [nextH, nextC];

        double Gate(int column) => ReferenceActivations.Apply(options.RecurrentActivation, Sum(column), branches);

        double Sum(int column) => W.Dot(x, column) + U.Dot(h, column) + (B?[column] ?? 0);
    }
}

/// <summary>
/// z, r = rec(x·W + h·U + b); h = z·h + (1 − z)·hh. Columns z|r|h. Reset after, with a bias for the input and one for the
/// state: hh = act(x·W + b₀ + r·(h·U + b₁)). Reset before, with one bias: hh = act(x·W + b + (r·h)·U).
/// </summary>
internal sealed class GruReferenceCell(string name, int inputs, GruDescription options)
    : ReferenceCell(name, inputs, gates: 3, options, biases: options.ResetAfter ? 2 : 1)
{
    public override double[][] Step(double[] x, double[][] states, double[] h, BranchTrace? branches)
    {
        double[] z = new double[Units], r = new double[Units], resetState = new double[Units], next = new double[Units];
        for (var j = 0; j < Units; j++)
        {
            z[j] = Gate(j);
            r[j] = Gate(Units + j);
            resetState[j] = r[j] * h[j];
        }

        for (var j = 0; j < Units; j++)
        {
            var column = 2 * Units + j;
            var fromInput = W.Dot(x, column) + InputBias(column);
            var candidate = Activate(
                options.ResetAfter
                    ? fromInput + r[j] * (U.Dot(h, column) + StateBias(column))
                    : fromInput + U.Dot(resetState, column),
                branches);

            // Dropout is for the recurrent kernel alone: the state that is carried over is whole.
            next[j] = z[j] * states[0][j] + (1 - z[j]) * candidate;
        }

        return [next];

        double Gate(int column) => ReferenceActivations.Apply(
            options.RecurrentActivation, W.Dot(x, column) + InputBias(column) + U.Dot(h, column) + StateBias(column), branches);
    }

    private double InputBias(int column) => B?[column] ?? 0;

    private double StateBias(int column) => options.ResetAfter ? B?[1, column] ?? 0 : 0;
}
