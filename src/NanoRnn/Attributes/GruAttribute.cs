namespace NanoRnn;

/// <summary>Gated recurrent unit (Cho et al. 2014), with Keras's formulas and gate order z|r|h.</summary>
/// <param name="units">Number of units, at least 1.</param>
/// <example>
/// Through the sequence in both directions, for one of ten classes:
/// <code>
/// [RnnModel(InputSize = 28)]
/// [Gru(64, Direction = Direction.Bidirectional)]
/// [Dense(10, Activation = Activation.Softmax)]
/// public sealed partial class Classifier;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GruAttribute(int units) : RecurrentLayerAttribute(units)
{
    /// <summary>Activation of the update and reset gates. Default sigmoid.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>
    /// Name of a <c>static float F(float x)</c> of the model class to use instead of <see cref="RecurrentActivation"/>; see
    /// <see cref="RecurrentLayerAttribute.ActivationMethod"/>. Default <see langword="null"/>: none.
    /// </summary>
    public string? RecurrentActivationMethod { get; set; }

    /// <summary>
    /// Where the reset gate applies: after the product with the recurrent kernel (default, with two biases, as cuDNN and
    /// PyTorch compute it) or before it (as in the first version of the paper).
    /// </summary>
    public bool ResetAfter { get; set; } = true;
}
