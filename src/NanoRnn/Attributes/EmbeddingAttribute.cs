namespace NanoRnn;

/// <summary>
/// A trainable vector for each token: the first layer of a model that takes token ids, 0 … vocabulary − 1, instead of floats, or
/// of a decoder.
/// </summary>
/// <param name="vocabulary">Number of different tokens, at least 1.</param>
/// <param name="dimensions">Length of a token's vector, at least 1.</param>
/// <example>
/// One probability for a text of word ids, in which 0 is padding:
/// <code>
/// [RnnModel]
/// [Embedding(20_000, 64, MaskZero = true)]
/// [Lstm(64)]
/// [Dense(1, Activation = Activation.Sigmoid)]
/// public sealed partial class Sentiment;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EmbeddingAttribute(int vocabulary, int dimensions) : LayerAttribute
{
    /// <summary>Number of different tokens.</summary>
    public int Vocabulary { get; } = vocabulary;

    /// <summary>Length of a token's vector.</summary>
    public int Dimensions { get; } = dimensions;

    /// <summary>
    /// Whether token 0 is padding: recurrent layers keep their state at such a step, and it does not count in the loss of a model
    /// that returns sequences. A decoder's targets that are padding do not count, and its <c>Generate</c> never chooses it. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool MaskZero { get; set; }
}
