namespace NanoRnn;

/// <summary>
/// Attention whose score is Σ scale · tanh(query + key) (Bahdanau et al. 2014), Keras's <c>AdditiveAttention</c>. The tensor is
/// <c>additive_attention.scale</c>, one number for each feature of the query; dense layers before it make a query and a
/// <see cref="AttentionLayerAttribute.Key"/> of as many features.
/// </summary>
/// <param name="value">Name of the layer further up whose outputs are averaged.</param>
/// <example>
/// With a dense layer each for the query and the key:
/// <code>
/// [RnnModel]
/// [Embedding(40, 16, MaskZero = true)]
/// [Gru(64, ReturnSequences = true, Name = "encoder")]
/// [Dense(32, UseBias = false, Name = "key")]
/// [Decoder(startToken: 1, endToken: 2)]
/// [Embedding(30, 16, MaskZero = true)]
/// [Gru(64, ReturnSequences = true, Name = "state")]
/// [Dense(32, Name = "query")]
/// [AdditiveAttention("encoder", Key = "key", Name = "context")]
/// [Concatenate("context", "state")]
/// [Dense(30, Activation = Activation.Softmax)]
/// public sealed partial class Translator;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AdditiveAttentionAttribute(string value) : AttentionLayerAttribute(value);
