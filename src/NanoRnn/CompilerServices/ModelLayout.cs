using System.Collections.Immutable;
using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>All that is known of a model at build time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelLayout
{
    /// <summary>Name of the class.</summary>
    public required string ModelName { get; init; }

    /// <summary>The layers with what changes their outputs, for files, in one line; null if it is not known.</summary>
    public string? Description { get; init; }

    /// <summary>Features of one time step of the input.</summary>
    public required int InputSize { get; init; }

    /// <summary>Features of the output (of one time step, if <see cref="ReturnsSequences"/>).</summary>
    public required int OutputSize { get; init; }

    /// <summary>Whether the model has one output per time step instead of one per sequence.</summary>
    public required bool ReturnsSequences { get; init; }

    /// <summary>The last layer's activation, if that layer is dense; else <see cref="Activation.Linear"/>.</summary>
    public required Activation OutputActivation { get; init; }

    /// <summary>How kernels are stored. A model of reduced precision cannot be trained.</summary>
    public Precision Precision { get; init; }

    /// <summary>Lanes of 32 bits of the packed weights with their padding, a multiple of 16.</summary>
    public required int WeightLength { get; init; }

    /// <summary>The last ones of them, a multiple of 16, which optimizers leave alone: tensors that are not trainable.</summary>
    public int FrozenLength { get; init; }

    /// <summary>The first ones of them, which have gradients.</summary>
    public int TrainableLength => WeightLength - FrozenLength;

    /// <summary>The moving averages that training moves by the statistics of its batches; the first of what is not trainable.</summary>
    public ImmutableArray<BatchStatisticsLayout> BatchStatistics { get; init; } = [];

    /// <summary>Floats of these averages, a multiple of 16.</summary>
    public int StatisticsLength { get; init; }

    /// <summary>Whether training may take the steps of a batch range by range.</summary>
    internal bool HasRanges => IsStreamable && BatchStatistics.IsEmpty;

    /// <summary>Floats of the transposed copy that the backward pass reads, a multiple of 16.</summary>
    public required int TransposedLength { get; init; }

    /// <summary>Number of independent pieces of the weight gradient.</summary>
    public required int GradientPieces { get; init; }

    /// <summary>Floats of all states of a sequence, with their padding.</summary>
    public required int StateLength { get; init; }

    /// <summary>Whether every layer goes through the input step by step, from the first to the last.</summary>
    public required bool IsStreamable { get; init; }

    /// <summary>The fewest time steps that a sequence must have.</summary>
    public int FewestSteps { get; init; } = 1;

    /// <summary>Whether states before the first step are weights.</summary>
    public bool TrainsInitialState { get; init; }

    /// <summary>Whether a layer gives the steps of the input in reversed order.</summary>
    public bool ReversesTime { get; init; }

    /// <summary>Whether the outputs are in reversed order.</summary>
    public bool OutputIsReversed { get; init; }

    /// <summary>Between what the outputs lie, which decides for which losses they are.</summary>
    public OutputRange OutputRange { get; init; }

    /// <summary>The last layer, as messages name it.</summary>
    public string OutputLayer { get; init; } = "";

    /// <summary>The outputs that have names, which lie side by side in this order; none where there is one output without a name.</summary>
    public ImmutableArray<OutputLayout> Outputs { get; init; } = [];

    /// <summary>Steps of the output, if the model sets them itself; 0 otherwise.</summary>
    public int OutputSteps { get; init; }

    /// <summary>Number of tokens, if the input is one token per step; 0 if it is floats.</summary>
    public int Vocabulary { get; init; }

    /// <summary>What all features of a step that is skipped are, or its token; null if no step is.</summary>
    public float? MaskValue { get; init; }

    /// <summary>Time steps of a sequence in training, if the model says so; else 0.</summary>
    public int TimeSteps { get; init; }

    /// <summary>Sequences of a batch in training, if the model says so; else 0.</summary>
    public int BatchSize { get; init; }

    /// <summary>Steps of a target of the decoder in training, if the model says so; else 0.</summary>
    public int TargetSteps { get; init; }

    /// <summary>Steps that training keeps at the same time, if the model says so; else 0.</summary>
    public int CheckpointSteps { get; init; }

    /// <summary>The decoder, if there is one.</summary>
    public DecoderLayout? Decoder { get; init; }

    /// <summary>The tensors in Keras's order.</summary>
    public required ImmutableArray<TensorLayout> Tensors { get; init; }

    /// <summary>The outputs that have names, for messages.</summary>
    internal string OutputNames
    {
        get
        {
            var names = new string[Outputs.Length];
            for (var i = 0; i < names.Length; i++)
                names[i] = $"'{Outputs[i].Name}'";
            return names.Length == 0 ? "no outputs with names, which [Output] gives" : $"the outputs {string.Join(", ", names)}";
        }
    }

    /// <summary>An output by its name, or null.</summary>
    internal OutputLayout? FindOutput(string name)
    {
        foreach (var output in Outputs)
        {
            if (output.Name == name)
                return output;
        }

        return null;
    }

    /// <summary>What would be known of the outputs of a model with this one alone.</summary>
    internal ModelLayout Of(OutputLayout output) => new()
    {
        ModelName = ModelName,
        InputSize = InputSize,
        OutputSize = output.Length,
        ReturnsSequences = ReturnsSequences,
        OutputActivation = output.Activation,
        OutputRange = output.Range,
        OutputLayer = output.Layer,
        OutputSteps = OutputSteps,
        OutputIsReversed = OutputIsReversed,
        IsStreamable = IsStreamable,
        MaskValue = MaskValue,
        WeightLength = WeightLength,
        TransposedLength = TransposedLength,
        GradientPieces = GradientPieces,
        StateLength = StateLength,
        Tensors = Tensors,
    };
}

/// <summary>Moving averages: a row of means, then one of variances.</summary>
/// <param name="offset">Where they start in the packed weights.</param>
/// <param name="rowLength">Floats of a row.</param>
/// <param name="momentum">How much of them a batch leaves.</param>
/// <remarks>No record: what records have besides would be in every native binary that trains.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BatchStatisticsLayout(int offset, int rowLength, float momentum)
{
    /// <summary>Where they start in the packed weights.</summary>
    public int Offset => offset;

    /// <summary>Floats of a row.</summary>
    public int RowLength => rowLength;

    /// <summary>How much of them a batch leaves.</summary>
    public float Momentum => momentum;
}

/// <summary>One of the outputs of a model that has several, or one with a name.</summary>
/// <param name="Name">Name of the layer.</param>
/// <param name="Start">Its first feature among those of all outputs.</param>
/// <param name="Length">Number of its features.</param>
/// <param name="Activation">The layer's activation, if it is dense; else <see cref="Activation.Linear"/>.</param>
/// <param name="Range">Between what they lie.</param>
/// <param name="Layer">The layer, as messages name it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record OutputLayout(string Name, int Start, int Length, Activation Activation, OutputRange Range, string Layer);

/// <summary>What is known of a decoder at build time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DecoderLayout
{
    /// <summary>The token it is given at its first step.</summary>
    public required int StartToken { get; init; }

    /// <summary>The token with which a target ends.</summary>
    public required int EndToken { get; init; }

    /// <summary>Whether token 0 is padding: such targets do not count, such steps are skipped.</summary>
    public required bool MasksZero { get; init; }

    /// <summary>Floats of its states and outputs.</summary>
    public required int MemoryLength { get; init; }
}
