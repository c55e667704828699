namespace NanoRnn;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000), with Keras's
/// formulas, gate order i|f|c|o and single bias.
/// </summary>
/// <param name="units">Number of units, at least 1.</param>
/// <example>
/// Two layers, the first of which gives its output at every time step:
/// <code>
/// [RnnModel(InputSize = 3)]
/// [Lstm(64, ReturnSequences = true, Dropout = 0.2)]
/// [Lstm(32)]
/// [Dense(1)]
/// public sealed partial class Forecaster;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LstmAttribute(int units) : RecurrentLayerAttribute(units)
{
    /// <summary>Activation of the three gates. Default sigmoid.</summary>
    public Activation RecurrentActivation { get; set; } = Activation.Sigmoid;

    /// <summary>
    /// Name of a <c>static float F(float x)</c> of the model class to use instead of <see cref="RecurrentActivation"/>; see
    /// <see cref="RecurrentLayerAttribute.ActivationMethod"/>. Default <see langword="null"/>: none.
    /// </summary>
    public string? RecurrentActivationMethod { get; set; }

    /// <summary>
    /// Whether the forget gate's bias starts at one (Jozefowicz et al. 2015), whatever <see cref="UnitsLayerAttribute.BiasInitializer"/> says
    /// of the other gates'. Default <see langword="true"/>. The initialiser then fills the units of the first gate and those of the last
    /// two by themselves, as in Keras.
    /// </summary>
    public bool UnitForgetBias { get; set; } = true;
}
