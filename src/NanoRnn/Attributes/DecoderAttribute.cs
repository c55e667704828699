namespace NanoRnn;

/// <summary>
/// Where a decoder begins (Sutskever et al. 2014). The layers above it are the encoder: their recurrent layers' last states are where
/// the recurrent layers below it start, the first of them from the first, and so on, so that they have to be of the same kinds and
/// sizes, unless <see cref="UseEncoderState"/> is false. A layer below it that attends (<see cref="AttentionAttribute"/>) reads the encoder's
/// steps. The decoder begins with an <see cref="EmbeddingAttribute"/> of target tokens and ends with a softmax over them. In training
/// it is given the target before each step; in use, what it has chosen itself.
/// </summary>
/// <param name="startToken">The token it is given at its first step.</param>
/// <param name="endToken">The token with which a target ends.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DecoderAttribute(int startToken, int endToken) : LayerAttribute
{
    /// <summary>The token it is given at its first step.</summary>
    public int StartToken { get; } = startToken;

    /// <summary>The token with which a target ends.</summary>
    public int EndToken { get; } = endToken;

    /// <summary>
    /// Whether its recurrent layers start where those of the encoder ended. Default <see langword="true"/>. Without, they start at zeros, or at
    /// their <see cref="RecurrentLayerAttribute.TrainableInitialState"/>, and what it knows of the source is what it attends to: then the encoder may be bidirectional,
    /// or have no recurrent layer.
    /// </summary>
    public bool UseEncoderState { get; set; } = true;
}
