namespace NanoRnn;

/// <summary>
/// Attention whose score is the dot product of query and key (Luong et al. 2015), Keras's <c>Attention</c>. It has no weights; with a dense layer
/// before it as its query it is Luong's "general" score.
/// </summary>
/// <param name="value">Name of the layer further up whose outputs are averaged.</param>
/// <example>
/// A decoder that looks at the encoder's steps:
/// <code>
/// [RnnModel]
/// [Embedding(40, 16, MaskZero = true)]
/// [Lstm(64, ReturnSequences = true, Name = "encoder")]
/// [Decoder(startToken: 1, endToken: 2)]
/// [Embedding(30, 16, MaskZero = true)]
/// [Lstm(64, ReturnSequences = true, Name = "state")]
/// [Attention("encoder", Name = "context")]
/// [Concatenate("context", "state")]
/// [Dense(30, Activation = Activation.Softmax)]
/// public sealed partial class Translator;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AttentionAttribute(string value) : AttentionLayerAttribute(value);
