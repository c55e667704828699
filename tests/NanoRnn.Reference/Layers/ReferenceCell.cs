namespace NanoRnn.Reference;

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
    /// <param name="probe">Learns about kinks.</param>
    public abstract double[][] Step(double[] x, double[][] states, double[] h, FunctionProbe? probe);

    protected double Activate(double x, FunctionProbe? probe) => 
        new ReferenceFunction(_options.Activation, _options.ActivationMethod).Apply(x, probe);

    protected double Gate(double x, FunctionProbe? probe) =>
        new ReferenceFunction(_options.RecurrentActivation, _options.RecurrentActivationMethod).Apply(x, probe);
}
