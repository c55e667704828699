namespace NanoRnn.Tests.Reference;

/// <summary>A tensor in Keras's layout, row-major, with the name it has in a file.</summary>
internal sealed record ReferenceTensor(string Name, int[] Shape)
{
    public double[] Values { get; } = new double[Shape.Aggregate(1, (product, size) => product * size)];

    private int Columns => Shape[^1];

    public double this[int row, int column] => Values[row * Columns + column];

    public double this[int column] => Values[column];

    public static ReferenceTensor Create(string name, params int[] shape) => new(name, shape);
}

/// <summary>
/// A layer, one sequence at a time: a sequence is an array of time steps, a time step an array of features. The sums run
/// in plain loops over Keras's tensors.
/// </summary>
internal abstract class ReferenceLayer(int units)
{
    public int Units { get; } = units;

    public abstract IEnumerable<ReferenceTensor> Tensors { get; }

    /// <summary>The output at every time step, or a single one for a last state.</summary>
    public abstract double[][] Run(double[][] sequence, BranchTrace? branches);

    /// <summary>Σₖ v[k] · matrix[k, column].</summary>
    protected static double Dot(double[] v, ReferenceTensor matrix, int column)
    {
        var sum = 0.0;
        for (var k = 0; k < v.Length; k++)
            sum += v[k] * matrix[k, column];

        return sum;
    }
}

/// <summary>y = act(x·W + b) at every time step.</summary>
internal sealed class ReferenceDense(string name, int inputs, DenseAttribute options) : ReferenceLayer(options.Units)
{
    private readonly ReferenceTensor _w = ReferenceTensor.Create($"{name}.kernel", inputs, options.Units);
    private readonly ReferenceTensor? _b = options.UseBias ? ReferenceTensor.Create($"{name}.bias", options.Units) : null;

    public override IEnumerable<ReferenceTensor> Tensors => _b is null ? [_w] : [_w, _b];

    public override double[][] Run(double[][] sequence, BranchTrace? branches) =>
        [.. sequence.Select(x => Step(x, branches))];

    private double[] Step(double[] x, BranchTrace? branches)
    {
        var y = new double[Units];
        for (var j = 0; j < Units; j++)
            y[j] = Dot(x, _w, j) + (_b?[j] ?? 0);

        if (options.Activation == Activation.Softmax)
            ReferenceActivations.Softmax(y);
        else
            for (var j = 0; j < Units; j++)
                y[j] = ReferenceActivations.Apply(options.Activation, y[j], branches);

        return y;
    }
}

/// <summary>What the recurrent layers share: kernels W and U, activations, the walk through time from a state of zeros.</summary>
internal abstract class ReferenceRecurrent(string name, int inputs, int gates, RecurrentLayerAttribute options)
    : ReferenceLayer(options.Units)
{
    protected ReferenceTensor W { get; } = ReferenceTensor.Create($"{name}.kernel", inputs, gates * options.Units);

    protected ReferenceTensor U { get; } =
        ReferenceTensor.Create($"{name}.recurrent_kernel", options.Units, gates * options.Units);

    protected BranchTrace? Branches { get; private set; }

    public override double[][] Run(double[][] sequence, BranchTrace? branches)
    {
        Branches = branches;
        Reset();
        var outputs = sequence.Select(Step).ToArray();
        return options.ReturnSequences ? outputs : [outputs[^1]];
    }

    protected abstract void Reset();

    /// <summary>The new hidden state, in a new array.</summary>
    protected abstract double[] Step(double[] x);

    protected double Activate(double x) => ReferenceActivations.Apply(options.Activation, x, Branches);
}

/// <summary>h = act(x·W + h·U + b)</summary>
internal sealed class ReferenceSimpleRnn(string name, int inputs, SimpleRnnAttribute options)
    : ReferenceRecurrent(name, inputs, gates: 1, options)
{
    private readonly ReferenceTensor? _b = options.UseBias ? ReferenceTensor.Create($"{name}.bias", options.Units) : null;
    private double[] _h = [];

    public override IEnumerable<ReferenceTensor> Tensors => _b is null ? [W, U] : [W, U, _b];

    protected override void Reset() => _h = new double[Units];

    protected override double[] Step(double[] x)
    {
        var h = new double[Units];
        for (var j = 0; j < Units; j++)
            h[j] = Activate(Dot(x, W, j) + Dot(_h, U, j) + (_b?[j] ?? 0));

        return _h = h;
    }
}

/// <summary>
/// i, f, o = rec(x·W + h·U + b), c~ = act(x·W + h·U + b); c = f·c + i·c~; h = o·act(c). Columns i|f|c|o.
/// </summary>
internal sealed class ReferenceLstm(string name, int inputs, LstmAttribute options)
    : ReferenceRecurrent(name, inputs, gates: 4, options)
{
    private readonly ReferenceTensor? _b =
        options.UseBias ? ReferenceTensor.Create($"{name}.bias", 4 * options.Units) : null;

    private double[] _h = [], _c = [];

    public override IEnumerable<ReferenceTensor> Tensors => _b is null ? [W, U] : [W, U, _b];

    protected override void Reset() => (_h, _c) = (new double[Units], new double[Units]);

    protected override double[] Step(double[] x)
    {
        double[] h = new double[Units], c = new double[Units];
        for (var j = 0; j < Units; j++)
        {
            var i = Gate(x, j);
            var f = Gate(x, Units + j);
            var candidate = Activate(Sum(x, 2 * Units + j));
            var o = Gate(x, 3 * Units + j);
            c[j] = f * _c[j] + i * candidate;
            h[j] = o * Activate(c[j]);
        }

        _c = c;
        return _h = h;
    }

    private double Gate(double[] x, int column) =>
        ReferenceActivations.Apply(options.RecurrentActivation, Sum(x, column), Branches);

    private double Sum(double[] x, int column) => Dot(x, W, column) + Dot(_h, U, column) + (_b?[column] ?? 0);
}

/// <summary>
/// z, r = rec(x·W + h·U + b); h = z·h + (1 − z)·hh. Columns z|r|h. Reset after, with a bias for the input and one for the
/// state: hh = act(x·W + b₀ + r·(h·U + b₁)). Reset before, with one bias: hh = act(x·W + b + (r·h)·U).
/// </summary>
internal sealed class ReferenceGru(string name, int inputs, GruAttribute options)
    : ReferenceRecurrent(name, inputs, gates: 3, options)
{
    private readonly ReferenceTensor? _b = !options.UseBias ? null
        : options.ResetAfter ? ReferenceTensor.Create($"{name}.bias", 2, 3 * options.Units)
        : ReferenceTensor.Create($"{name}.bias", 3 * options.Units);

    private double[] _h = [];

    public override IEnumerable<ReferenceTensor> Tensors => _b is null ? [W, U] : [W, U, _b];

    protected override void Reset() => _h = new double[Units];

    protected override double[] Step(double[] x)
    {
        double[] z = new double[Units], r = new double[Units], resetState = new double[Units], h = new double[Units];
        for (var j = 0; j < Units; j++)
        {
            z[j] = Gate(x, j);
            r[j] = Gate(x, Units + j);
            resetState[j] = r[j] * _h[j];
        }

        for (var j = 0; j < Units; j++)
        {
            var column = 2 * Units + j;
            var fromInput = Dot(x, W, column) + InputBias(column);
            var candidate = Activate(options.ResetAfter
                ? fromInput + r[j] * (Dot(_h, U, column) + StateBias(column))
                : fromInput + Dot(resetState, U, column));
            h[j] = z[j] * _h[j] + (1 - z[j]) * candidate;
        }

        return _h = h;
    }

    private double Gate(double[] x, int column) => ReferenceActivations.Apply(
        options.RecurrentActivation, Dot(x, W, column) + InputBias(column) + Dot(_h, U, column) + StateBias(column), Branches);

    private double InputBias(int column) => _b?[column] ?? 0;

    private double StateBias(int column) => options.ResetAfter ? _b?[1, column] ?? 0 : 0;
}
