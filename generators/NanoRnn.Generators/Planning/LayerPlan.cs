using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>The numbers that every layer has.</summary>
internal abstract class LayerPlan(Node node, string identifier, LayerPlan? below, int inputSize)
{
    private bool? _isTrained;

    public Node Node => node;

    public LayerSpec Spec => node.Spec;

    /// <summary>The layer's unique name, the prefix of its tensors.</summary>
    public string Name => node.Name;

    /// <summary>The layer's name as a part of method names, such as <c>Lstm1</c>.</summary>
    public string Identifier => identifier;

    /// <summary>Whose output it reads, or the first of those; null for the model's or the decoder's input.</summary>
    public LayerPlan? Below => below;

    /// <summary>All whose outputs it reads; null for the model's input.</summary>
    public virtual IReadOnlyList<LayerPlan?> Sources => [below];

    /// <summary>Features of one step of its input.</summary>
    public int Inputs => FeaturesOf(below);

    /// <summary>Features of what is read, a layer's or the model's input.</summary>
    public int FeaturesOf(LayerPlan? source) => source?.Features ?? inputSize;

    /// <summary>Floats from one input row to the next, where the input is this network's own.</summary>
    public int InputStride => below?.Split.RowLength ?? Inputs;

    /// <summary>Features of one step of its output.</summary>
    public int Features => node.Features;

    public BlockSplit Split { get; } = new(node.Features);

    /// <summary>The steps it goes through.</summary>
    public virtual TimeAxis Steps => node.Output;

    public TimeAxis Output => node.Output;

    /// <summary>Whether it runs at every step and not only at the last.</summary>
    public bool InputIsSequence => Steps.IsSequence;

    public bool OutputIsSequence => Output.IsSequence;

    /// <summary>Where a layer's output comes from in prediction.</summary>
    public static LayerPlan? InPrediction(LayerPlan? layer) => layer is { IsTransparent: true } ? layer.PredictionInput : layer;

    /// <summary>Whether it does nothing in prediction.</summary>
    public virtual bool IsTransparent => false;

    /// <summary>Whose output it reads in prediction.</summary>
    public LayerPlan? PredictionInput => InPrediction(below);

    /// <summary>Whether the gradient for what it reads adds to what another reader has left there, of each of its sources.</summary>
    public IReadOnlyList<bool> AddsTo { get; set; } = [];

    /// <summary>The same where it has one.</summary>
    public bool AddsToBelow => AddsTo[0];

    /// <summary>Floats of the packed weights.</summary>
    public virtual int WeightLength => 0;

    /// <summary>Where the layer's weights start in the model's.</summary>
    public int WeightOffset { get; set; }

    public virtual int ParameterCount => 0;

    /// <summary>Whether training leaves the weights as they are.</summary>
    public virtual bool IsFrozen => false;

    /// <summary>Whether something is trained here or below, so that gradients have to come so far.</summary>
    public bool IsTrained => _isTrained ??= ParameterCount > 0 && !IsFrozen || Sources.Any(source => source is { IsTrained: true });

    /// <summary>The layer below, if it needs a gradient.</summary>
    public LayerPlan? TrainedBelow => below is { IsTrained: true } ? below : null;

    /// <summary>Bytes of the parameters, without padding.</summary>
    public virtual int ParameterBytes => ParameterCount * sizeof(float);

    /// <summary>First of the layer's pieces of the weight gradient.</summary>
    public int FirstPiece { get; set; }

    /// <summary>Pieces of the weight gradient.</summary>
    public virtual int Pieces => 0;

    /// <summary>In a stream, per sequence: where the output starts in a phase of the memory.</summary>
    public int PhaseOffset { get; set; }

    /// <summary>In a stream, per sequence: where other states, then carried values, start behind the two phases.</summary>
    public int MemoryOffset { get; set; }

    /// <summary>Floats of a stream's memory per sequence behind the phases.</summary>
    public virtual int MemoryLength => 0;

    /// <summary>Rows of the output before the first step, from which the layer goes on; 0 for one that no step of which depends on another.</summary>
    public virtual int PastSteps => 0;

    /// <summary>Floats per sequence of what goes from one range of steps or one batch of training to the next.</summary>
    public virtual int StateLength => 0;

    /// <summary>Where they start among all states of a sequence.</summary>
    public int StateOffset { get; set; }

    /// <summary>What the forward pass records of a step of a sequence, in floats.</summary>
    public virtual int RecordStride => 0;

    /// <summary>How the weights lie, for the reader of the generated code; null if there are none.</summary>
    public virtual string? WeightOutline => null;
}
