using NanoRnn.CompilerServices;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Lowering.Network;

/// <summary>What one attribute's layer is made of: something with one output and steps of its own.</summary>
/// <param name="Spec">The attribute's layer.</param>
/// <param name="Name">Unique name, the prefix of its tensors: <c>lstm</c>, <c>lstm.backward</c>.</param>
/// <param name="Input">Whose output it reads, or the first of those; null for the model's input, or the decoder's.</param>
/// <param name="Output">The steps of its output.</param>
/// <param name="Features">Features of one step of its output.</param>
internal abstract record Node(LayerSpec Spec, string Name, Node? Input, TimeAxis Output, int Features)
{
    /// <summary>Between what its outputs lie.</summary>
    public virtual OutputRange Range => OutputRange.Any;
}

/// <summary>Affine maps and expressions over them, one step after the other if it has states.</summary>
/// <param name="Steps">The steps it goes through, which its input has.</param>
/// <param name="IsReversed">Whether from the last to the first. Its outputs stay at their time steps.</param>
/// <param name="InitialState">Whose last states it starts with; null for zeros.</param>
internal sealed record CellNode(
    LayerSpec Spec, string Name, Node? Input, TimeAxis Output, int Features, TimeAxis Steps, Cell Cell, bool IsReversed, CellNode? InitialState)
    : Node(Spec, Name, Input, Output, Features)
{
    /// <summary>That of the activation where outputs are its values; other cells make something of it.</summary>
    public override OutputRange Range =>
        Spec is { ActivationMethod: null, IsAffine: true } or { ActivationMethod: null, Kind: LayerKind.Activation or LayerKind.SimpleRnn }
            ? Spec.Activation.Range()
            : OutputRange.Any;
}

/// <summary>A trainable row for each token.</summary>
/// <param name="IsDecoder">Whether the tokens are the decoder's instead of the model's.</param>
internal sealed record EmbeddingNode(LayerSpec Spec, string Name, TimeAxis Output, int Features, bool IsDecoder)
    : Node(Spec, Name, null, Output, Features);

/// <summary>Zeroes and scales features in training.</summary>
/// <param name="Rate">The share that becomes zero.</param>
/// <param name="IsPerSequence">Whether the same features at all steps of a sequence.</param>
internal sealed record DropoutNode(LayerSpec Spec, string Name, Node? Input, TimeAxis Output, int Features, float Rate, bool IsPerSequence)
    : Node(Spec, Name, Input, Output, Features);

/// <summary>Layer normalization.</summary>
internal sealed record NormalizationNode(LayerSpec Spec, string Name, Node? Input, TimeAxis Output, int Features)
    : Node(Spec, Name, Input, Output, Features);

/// <summary>Features to or from units in which they are of the size of one, by statistics that are not trainable.</summary>
internal sealed record ScalingNode(LayerSpec Spec, string Name, Node? Input, TimeAxis Output, int Features)
    : Node(Spec, Name, Input, Output, Features);

/// <summary>Features of mean 0 and variance 1: in training by statistics of the batch, else by moving averages of those.</summary>
internal sealed record BatchStatisticsNode(LayerSpec Spec, string Name, Node? Input, TimeAxis Output, int Features)
    : Node(Spec, Name, Input, Output, Features);

/// <summary>One output of those of several.</summary>
/// <param name="Sources">Whose outputs it reads; null for the model's input.</param>
/// <param name="Operation">What becomes of them.</param>
/// <param name="ClearsSkipped">Whether outputs of steps that are skipped are zeros, as those of bidirectional layers.</param>
internal sealed record MergeNode(
    LayerSpec Spec, string Name, IReadOnlyList<Node?> Sources, TimeAxis Output, int Features, MergeOperation Operation, bool ClearsSkipped)
    : Node(Spec, Name, Sources[0], Output, Features)
{
    public override OutputRange Range
    {
        get
        {
            var range = Sources[0]?.Range ?? OutputRange.Any;
            return Operation is MergeOperation.Add or MergeOperation.Subtract || Sources.Any(source => source?.Range != range) ? OutputRange.Any : range;
        }
    }
}

/// <summary>What a merge makes of several outputs.</summary>
internal enum MergeOperation
{
    Concatenate,
    Add,
    Subtract,
    Multiply,
    Average,
}

/// <summary>Some of the features of its input.</summary>
/// <param name="Start">The first of them.</param>
internal sealed record SliceNode(LayerSpec Spec, string Name, Node? Input, TimeAxis Output, int Features, int Start)
    : Node(Spec, Name, Input, Output, Features)
{
    public override OutputRange Range => Input?.Range ?? OutputRange.Any;
}

/// <summary>
/// Some steps of its input side by side, the latest one last, at every step: what a causal convolution multiplies. Before the first step there
/// are zeros.
/// </summary>
/// <param name="KernelSize">How many steps.</param>
/// <param name="Dilation">Steps from one of them to the next.</param>
internal sealed record WindowNode(LayerSpec Spec, string Name, Node? Input, TimeAxis Output, int Features, int KernelSize, int Dilation)
    : Node(Spec, Name, Input, Output, Features);

/// <summary>The steps of each window of whole sequences side by side: what a convolution multiplies.</summary>
internal sealed record GatherNode(LayerSpec Spec, string Name, Node? Input, TimeAxis Steps, TimeAxis Output, int Features)
    : Node(Spec, Name, Input, Output, Features);

/// <summary>
/// A convolution over the positions of one step, without an activation; also one over time whose filters are in groups, over the steps that lie side by
/// side.
/// </summary>
/// <param name="DilationRate">Positions from one that it sees to the next.</param>
/// <param name="Strides">Positions from one output to the next.</param>
/// <param name="Positions">Positions of the input, beyond which there is nothing.</param>
/// <param name="Channels">Channels of a position.</param>
internal sealed record ConvolutionNode(
    LayerSpec Spec, string Name, Node? Input, TimeAxis Output, int Features, int DilationRate, int Strides, int Positions, int Channels)
    : Node(Spec, Name, Input, Output, Features);

/// <summary>More positions around those of each step.</summary>
/// <param name="Positions">Positions of the input.</param>
/// <param name="Channels">Channels of a position.</param>
/// <param name="Before">Positions before the first one.</param>
/// <param name="Behind">Positions behind the last one.</param>
/// <param name="Reflects">Whether they are those that lie as far within; else zeros.</param>
internal sealed record PaddingNode(
    LayerSpec Spec, string Name, Node? Input, TimeAxis Output, int Features, int Positions, int Channels, int Before, int Behind, bool Reflects)
    : Node(Spec, Name, Input, Output, Features);

/// <summary>One of some steps, or of all, the largest value or the mean of each feature.</summary>
/// <param name="Steps">The steps of its input.</param>
internal sealed record PoolingNode(LayerSpec Spec, string Name, Node? Input, TimeAxis Steps, TimeAxis Output, int Features)
    : Node(Spec, Name, Input, Output, Features)
{
    public override OutputRange Range => Input?.Range ?? OutputRange.Any;
}

/// <summary>Of each query a mean of the values, weighed by how well query and keys go together.</summary>
/// <param name="Query">Gives the queries.</param>
/// <param name="Value">Gives the values.</param>
/// <param name="Key">Gives the keys, at the same steps.</param>
/// <param name="ValueSteps">These steps.</param>
internal sealed record AttentionNode(
    LayerSpec Spec, string Name, Node Query, Node Value, Node Key, TimeAxis ValueSteps, TimeAxis Output, int Features)
    : Node(Spec, Name, Query, Output, Features)
{
    public override OutputRange Range => Value.Range;
}

/// <summary>The steps of its input, the last one first.</summary>
internal sealed record ReverseNode(LayerSpec Spec, string Name, Node Source, TimeAxis Output, int Features)
    : Node(Spec, Name, Source, Output, Features)
{
    public override OutputRange Range => Source.Range;
}

/// <summary>The same vector at every step.</summary>
internal sealed record RepeatNode(LayerSpec Spec, string Name, Node Source, TimeAxis Output, int Features)
    : Node(Spec, Name, Source, Output, Features)
{
    public override OutputRange Range => Source.Range;
}
