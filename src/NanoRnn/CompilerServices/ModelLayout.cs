using System.Collections.Immutable;
using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>All that is known of a model at build time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelLayout
{
    /// <summary>Name of the class.</summary>
    public required string ModelName { get; init; }

    /// <summary>Features of one time step of the input.</summary>
    public required int InputSize { get; init; }

    /// <summary>Features of the output (of one time step, if <see cref="ReturnsSequences"/>).</summary>
    public required int OutputSize { get; init; }

    /// <summary>Whether the model has one output per time step instead of one per sequence.</summary>
    public required bool ReturnsSequences { get; init; }

    /// <summary>The last layer's activation, if that layer is dense; else <see cref="Activation.Linear"/>.</summary>
    public required Activation OutputActivation { get; init; }

    /// <summary>Floats of the packed weights with their padding, a multiple of 16.</summary>
    public required int WeightLength { get; init; }

    /// <summary>Floats of the transposed copy that the backward pass reads, a multiple of 16.</summary>
    public required int TransposedLength { get; init; }

    /// <summary>Number of independent pieces of the weight gradient.</summary>
    public required int GradientPieces { get; init; }

    /// <summary>The trainable tensors in Keras's order.</summary>
    public required ImmutableArray<TensorLayout> Tensors { get; init; }

    /// <summary>The table of layers.</summary>
    public required ModelSummary Summary { get; init; }
}
