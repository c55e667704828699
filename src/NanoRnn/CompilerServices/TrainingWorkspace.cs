using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>The buffers of one training step. The trainer allocates them once, for the largest batch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingWorkspace
{
    /// <summary>Packed weights, <see cref="ModelLayout.WeightLength"/> floats.</summary>
    public required AlignedBuffer Weights { get; init; }

    /// <summary>The weights transposed for the backward pass, <see cref="ModelLayout.TransposedLength"/> floats.</summary>
    public required AlignedBuffer Transposed { get; init; }

    /// <summary>Gradient of the weights, packed like them.</summary>
    public required AlignedBuffer Gradients { get; init; }

    /// <summary>The batch, time-major: time × rows × features, with <see cref="Rows"/> as the stride.</summary>
    public required AlignedBuffer Inputs { get; init; }

    /// <summary>Outputs, batch-major: rows × features, or rows × time × features.</summary>
    public required AlignedBuffer Outputs { get; init; }

    /// <summary>Gradient of the loss with respect to <see cref="Outputs"/>, in the same layout.</summary>
    public required AlignedBuffer OutputGradients { get; init; }

    /// <summary>What the forward pass leaves for the backward pass.</summary>
    public required AlignedBuffer Tape { get; init; }

    /// <summary>Number of sequences in this batch.</summary>
    public int Rows { get; set; }

    /// <summary>Number of time steps of each sequence.</summary>
    public int TimeSteps { get; set; }

    /// <summary>The first step of the range that the backward pass and the weight gradient are at.</summary>
    public int FirstStep { get; set; }

    /// <summary>The step behind the range's last; <see cref="TimeSteps"/> for the first range, as they go backwards.</summary>
    public int EndStep { get; set; }

    /// <summary>
    /// Whether <see cref="OutputGradients"/> is already the gradient with respect to the last layer's pre-activation, as
    /// cross-entropy on softmax or sigmoid gives it in one stable formula.
    /// </summary>
    public bool OutputGradientsArePreActivation { get; set; }
}
