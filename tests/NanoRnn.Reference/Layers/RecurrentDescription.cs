using System.Text.Json.Serialization;

namespace NanoRnn.Reference;

internal abstract record RecurrentDescription(string DefaultName, int Units) : LayerDescription(DefaultName)
{
    public Activation Activation { get; init; } = Activation.Tanh;

    public Activation RecurrentActivation { get; init; } = Activation.Sigmoid;

    /// <summary>A function of the model's own instead of the activation.</summary>
    [JsonIgnore]
    public Func<double, double>? ActivationMethod { get; init; }

    /// <summary>A function of the model's own instead of the recurrent activation.</summary>
    [JsonIgnore]
    public Func<double, double>? RecurrentActivationMethod { get; init; }

    public bool UseBias { get; init; } = true;

    public bool ReturnSequences { get; init; }

    public bool GoBackwards { get; init; }

    public bool TrainableInitialState { get; init; }

    /// <summary>How the two directions meet; null for a layer of one direction.</summary>
    public ReferenceMerge? Merge { get; init; }

    public abstract ReferenceCell CreateCell(string name, int inputs);

    public override ReferenceLayer Create(string name, int inputs) => new ReferenceRecurrent(name, inputs, this);
}

/// <summary>How the two outputs of a bidirectional layer become one.</summary>
internal enum ReferenceMerge
{
    Concat,
    Sum,
    Multiply,
    Average,
}
