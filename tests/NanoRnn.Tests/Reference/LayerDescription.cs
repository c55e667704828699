using System.Text.Json.Serialization;

namespace NanoRnn.Tests.Reference;

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
[JsonDerivedType(typeof(RepeatDescription), "RepeatVector")]
[JsonDerivedType(typeof(DecoderDescription), "Decoder")]
internal abstract record LayerDescription(string DefaultName)
{
    /// <summary>The prefix of the tensor names; null for the default one, which is numbered.</summary>
    public string? Name { get; init; }

    /// <summary>A layer that takes steps of <paramref name="inputs"/> features.</summary>
    public abstract ReferenceLayer Create(string name, int inputs);
}

internal sealed record DenseDescription(int Units) : LayerDescription("dense")
{
    public Activation Activation { get; init; } = Activation.Linear;

    public bool UseBias { get; init; } = true;

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceDense(name, inputs, this);
}

/// <summary>How the two outputs of a bidirectional layer become one.</summary>
internal enum ReferenceMerge
{
    Concat,
    Sum,
    Multiply,
    Average,
}

internal abstract record RecurrentDescription(string DefaultName, int Units) : LayerDescription(DefaultName)
{
    public Activation Activation { get; init; } = Activation.Tanh;

    public bool UseBias { get; init; } = true;

    public bool ReturnSequences { get; init; }

    public bool GoBackwards { get; init; }

    /// <summary>How the two directions meet; null for a layer of one direction.</summary>
    public ReferenceMerge? Merge { get; init; }

    public abstract ReferenceCell CreateCell(string name, int inputs);

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceRecurrent(name, inputs, this);
}

internal sealed record SimpleRnnDescription(int Units) : RecurrentDescription("simple_rnn", Units)
{
    public override ReferenceCell CreateCell(string name, int inputs) => new SimpleRnnReferenceCell(name, inputs, this);
}

internal sealed record LstmDescription(int Units) : RecurrentDescription("lstm", Units)
{
    public Activation RecurrentActivation { get; init; } = Activation.Sigmoid;

    public override ReferenceCell CreateCell(string name, int inputs) => new LstmReferenceCell(name, inputs, this);
}

internal sealed record GruDescription(int Units) : RecurrentDescription("gru", Units)
{
    public Activation RecurrentActivation { get; init; } = Activation.Sigmoid;

    public bool ResetAfter { get; init; } = true;

    public override ReferenceCell CreateCell(string name, int inputs) => new GruReferenceCell(name, inputs, this);
}

internal sealed record EmbeddingDescription(int Vocabulary, int Dimensions) : LayerDescription("embedding")
{
    public bool MaskZero { get; init; }

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceEmbedding(name, this);
}

internal sealed record MaskingDescription() : LayerDescription("masking")
{
    public float MaskValue { get; init; }

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceMasking(inputs, this);
}

/// <summary>The factors are given with a batch, and so there is no rate.</summary>
internal sealed record DropoutDescription() : LayerDescription("dropout")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceDropout(name, inputs);
}

internal sealed record ActivationDescription(Activation Activation) : LayerDescription("activation")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceActivation(inputs, this);
}

internal sealed record NormalizationDescription() : LayerDescription("layer_normalization")
{
    public float Epsilon { get; init; } = 1e-3f;

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceNormalization(name, inputs, this);
}

internal sealed record RepeatDescription(int Count) : LayerDescription("repeat_vector")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceRepeat(inputs, this);
}

/// <summary>The layers above it are the encoder; those below it start from the encoder's last states.</summary>
internal sealed record DecoderDescription(int StartToken, int EndToken) : LayerDescription("decoder")
{
    public override ReferenceLayer Create(string name, int inputs) => new ReferenceDecoder(this);
}
