using System.Text.Json.Serialization;

namespace NanoRnn.Reference;

/// <summary>What a model or a golden file says about a layer.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DenseDescription), "Dense")]
[JsonDerivedType(typeof(SimpleRnnDescription), "SimpleRnn")]
[JsonDerivedType(typeof(LstmDescription), "Lstm")]
[JsonDerivedType(typeof(GruDescription), "Gru")]
[JsonDerivedType(typeof(EmbeddingDescription), "Embedding")]
[JsonDerivedType(typeof(MaskingDescription), "Masking")]
[JsonDerivedType(typeof(DropoutDescription), "Dropout")]
[JsonDerivedType(typeof(ActivationDescription), "Activation")]
[JsonDerivedType(typeof(NormalizationDescription), "LayerNormalization")]
[JsonDerivedType(typeof(BatchNormalizationDescription), "BatchNormalization")]
[JsonDerivedType(typeof(Conv1DDescription), "Conv1D")]
[JsonDerivedType(typeof(ZeroPaddingDescription), "ZeroPadding1D")]
[JsonDerivedType(typeof(ReflectionPaddingDescription), "ReflectionPadding1D")]
[JsonDerivedType(typeof(MaxPoolingDescription), "MaxPooling1D")]
[JsonDerivedType(typeof(AveragePoolingDescription), "AveragePooling1D")]
[JsonDerivedType(typeof(GlobalMaxPoolingDescription), "GlobalMaxPooling1D")]
[JsonDerivedType(typeof(GlobalAveragePoolingDescription), "GlobalAveragePooling1D")]
[JsonDerivedType(typeof(RepeatDescription), "RepeatVector")]
[JsonDerivedType(typeof(DecoderDescription), "Decoder")]
[JsonDerivedType(typeof(AttentionDescription), "Attention")]
[JsonDerivedType(typeof(AdditiveAttentionDescription), "AdditiveAttention")]
[JsonDerivedType(typeof(ConcatenateDescription), "Concatenate")]
internal abstract record LayerDescription(string DefaultName)
{
    /// <summary>The prefix of the tensor names; null for the default one, which is numbered.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Names of the layers whose outputs it reads, mostly side by side; <c>input</c> is the network's input, null the layer above. Null for
    /// that alone.
    /// </summary>
    public IReadOnlyList<string?>? Inputs { get; init; }

    /// <summary>A layer that takes steps of <paramref name="inputs"/> features.</summary>
    public abstract ReferenceLayer Create(string name, int inputs);

    /// <summary>A layer that reads several: of each of them the features.</summary>
    public virtual ReferenceLayer Create(string name, IReadOnlyList<int> inputs) => Create(name, inputs.Sum());
}
