namespace NanoRnn;

/// <summary>
/// Fully connected layer: <c>y = activation(x·W + b)</c>, applied at every time step when its input is a sequence.
/// </summary>
/// <param name="units">Number of outputs, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units) : UnitsLayerAttribute(units)
{
    /// <summary>Activation of the output. Default <see cref="Activation.Linear"/>.</summary>
    public Activation Activation { get; set; } = Activation.Linear;
}
