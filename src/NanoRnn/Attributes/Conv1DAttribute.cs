namespace NanoRnn;

/// <summary>
/// Convolution over time, Keras's <c>Conv1D</c>: <c>y[t] = activation(Σⱼ x[t·strides + j·dilationRate − before]·W[j] + b)</c>, j from 0 to
/// <c>kernelSize − 1</c>; <see cref="Padding"/> says how many steps lie before the first one. Tensors are <c>conv1d.kernel</c> (kernelSize, features, filters)
/// and <c>conv1d.bias</c>.
/// </summary>
/// <remarks>
/// With <see cref="Padding.Causal"/> and one output per step it is in streams too, where the past steps that it sees are a state.
/// </remarks>
/// <param name="filters">Features of the output, at least 1.</param>
/// <param name="kernelSize">How many steps it sees, at least 1.</param>
/// <example>
/// Features over four steps before a recurrent layer, of a signal that comes step by step:
/// <code>
/// [RnnModel(InputSize = 13)]
/// [Conv1D(32, 4, Padding = Padding.Causal, Activation = Activation.Relu)]
/// [Gru(32, ReturnSequences = true)]
/// [Dense(1, Activation = Activation.Sigmoid)]
/// public sealed partial class Spotter;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv1DAttribute(int filters, int kernelSize) : UnitsLayerAttribute(filters)
{
    /// <summary>How many steps it sees.</summary>
    public int KernelSize { get; } = kernelSize;

    /// <summary>Steps from one that it sees to the next, at least 1. Default 1.</summary>
    public int DilationRate { get; set; } = 1;

    /// <summary>Steps from one output to the next, at least 1; above 1 not together with a dilation rate above 1. Default 1.</summary>
    public int Strides { get; set; } = 1;

    /// <summary>What it sees beyond the ends. Default <see cref="Padding.Valid"/>, Keras's.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>
    /// In how many groups features and filters are; each filter sees the features of its group alone. Divides both numbers. Default 1. With as many groups as
    /// features it is a depthwise convolution.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <summary>
    /// Above 0 it is no convolution over time but one within each step: the step's features are so many positions of some channels each, position by
    /// position, and so are the output's, of <c>filters</c> channels. Divides the number of features. Default 0.
    /// </summary>
    public int Positions { get; set; }

    /// <summary>Activation of the output. Default <see cref="Activation.Linear"/>.</summary>
    public Activation Activation { get; set; } = Activation.Linear;

    /// <summary>
    /// Name of a <c>static float F(float x)</c> of the model class to use instead of <see cref="Activation"/>; docs/functions.md says what it may
    /// contain. Default <see langword="null"/>: none.
    /// </summary>
    public string? ActivationMethod { get; set; }
}
