namespace NanoRnn;

/// <summary>
/// Which layers' outputs are the model's, the last of the attributes. They lie side by side, in this order, in what the model gives and in
/// targets; the generated class <c>Outputs</c> has the range of each. Without it the last layer's output is the model's.
/// </summary>
/// <param name="outputs">Names of layers above, each once: each at every time step, or each once a sequence.</param>
/// <example>
/// Gains and the probability of speech, which <c>Outputs.Gains</c> and <c>Outputs.Vad</c> find in a span:
/// <code>
/// [RnnModel(InputSize = 42)]
/// [Gru(24, ReturnSequences = true, Name = "speech")]
/// [Dense(1, Activation = Activation.Sigmoid, Name = "vad")]
/// [Dense(22, Activation = Activation.Sigmoid, Input = "speech", Name = "gains")]
/// [Output("gains", "vad")]
/// public sealed partial class Denoiser;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OutputAttribute(params string[] outputs) : Attribute
{
    /// <summary>Names of the layers.</summary>
    public IReadOnlyList<string> Outputs { get; } = outputs;
}
