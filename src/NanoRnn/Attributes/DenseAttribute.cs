namespace NanoRnn;

/// <summary>
/// Fully connected layer: <c>y = activation(x·W + b)</c>, applied at every time step when its input is a sequence.
/// </summary>
/// <param name="units">Number of outputs, at least 1.</param>
/// <example>
/// Probabilities of five classes at every time step:
/// <code>
/// [RnnModel(InputSize = 13)]
/// [Gru(32, ReturnSequences = true)]
/// [Dense(5, Activation = Activation.Softmax)]
/// public sealed partial class Tagger;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units) : UnitsLayerAttribute(units)
{
    /// <summary>Activation of the output. Default <see cref="Activation.Linear"/>.</summary>
    public Activation Activation { get; set; } = Activation.Linear;

    /// <summary>
    /// Name of a <c>static float F(float x)</c> of the model class to use instead of <see cref="Activation"/>, such as
    /// <c>nameof(Forecaster.Swish)</c>; the method may also be inherited or belong to a type around the class. Its body is compiled
    /// into the network and differentiated; docs/functions.md says what it may contain. Default <see langword="null"/>: none.
    /// </summary>
    public string? ActivationMethod { get; set; }
}
