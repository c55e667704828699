using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NanoRnn.CompilerServices;

/// <summary>The buffers of one training step. The trainer allocates them once, for the largest batch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingWorkspace
{
    /// <summary>Packed weights, <see cref="ModelLayout.WeightLength"/> floats.</summary>
    public required AlignedBuffer Weights { get; init; }

    /// <summary>The weights transposed for the backward pass, <see cref="ModelLayout.TransposedLength"/> floats.</summary>
    public required AlignedBuffer Transposed { get; init; }

    /// <summary>
    /// Gradient of the first <see cref="ModelLayout.TrainableLength"/> weights, packed like them. Behind it, in the places of moving averages, are the
    /// batch's own statistics, and behind those as many floats for what they hand back.
    /// </summary>
    public required AlignedBuffer Gradients { get; init; }

    /// <summary>The batch, time-major: time × rows × features, with <see cref="Rows"/> as the stride.</summary>
    public required AlignedBuffer Inputs { get; init; }

    /// <summary>Outputs, batch-major: rows × features, or rows × time × features.</summary>
    public required AlignedBuffer Outputs { get; init; }

    /// <summary>Gradient of the loss with respect to <see cref="Outputs"/>, in the same layout.</summary>
    public required AlignedBuffer OutputGradients { get; init; }

    /// <summary>What the forward pass leaves for the backward pass.</summary>
    public required AlignedBuffer Tape { get; init; }

    /// <summary>
    /// What the decoder is given, time-major: the target before each step, the start token at the first. Tokens in the place of floats.
    /// </summary>
    public required AlignedBuffer TargetInputs { get; init; }

    /// <summary>For each step of each sequence, time-major, 1 if it counts, 0 if it is skipped. Read where <see cref="IsMasked"/>.</summary>
    public required AlignedBuffer Mask { get; init; }

    /// <summary>The same in reversed order, for a model that has its steps so somewhere.</summary>
    public required AlignedBuffer ReversedMask { get; init; }

    /// <summary>The same for the steps of a decoder that may be given padding. Read where <see cref="IsTargetMasked"/>.</summary>
    public required AlignedBuffer TargetMask { get; init; }

    /// <summary>The length of each sequence, whole numbers in the place of floats. Read where <see cref="HasLengths"/>.</summary>
    public required AlignedBuffer Lengths { get; init; }

    /// <summary>
    /// States before each range of steps that is on the tape by itself, range by range: the first range's, if states go from batch to
    /// batch, and those of the others.
    /// </summary>
    public required AlignedBuffer States { get; init; }

    /// <summary>Whether a step of a sequence is skipped.</summary>
    public bool IsMasked { get; set; }

    /// <summary>Whether a step of the decoder is skipped.</summary>
    public bool IsTargetMasked { get; set; }

    /// <summary>Whether sequences have lengths of their own.</summary>
    public bool HasLengths { get; set; }

    /// <summary>
    /// The layers between two batch normalizations are a part of the network, which is gone through for all sequences before the next: number of the
    /// part that a pass is at, or of the normalization behind it.
    /// </summary>
    public int Part { get; set; }

    /// <summary>Whether dropout drops, and batches are normalized by statistics of their own.</summary>
    public bool IsTraining { get; set; }

    /// <summary>What the random numbers of this step's dropout depend on.</summary>
    [CLSCompliant(false)]
    public ulong DropoutKey { get; set; }

    /// <summary>Whether sequences begin with the states that those of the batch before have left.</summary>
    public bool CarriesState { get; set; }

    /// <summary>Floats of all states of a sequence.</summary>
    public int StateLength { get; init; }

    /// <summary>Whether <see cref="States"/> has those before the first range.</summary>
    public bool HasFirstStates { get; init; }

    /// <summary>Number of steps of the decoder.</summary>
    public int TargetSteps { get; set; }

    /// <summary>Number of sequences that are computed together: those of a batch, or of a shard of it.</summary>
    public int Rows { get; set; }

    /// <summary>Number of sequences of the batch before them.</summary>
    public int RowsBefore { get; set; }

    /// <summary>Number of sequences of the batch behind them.</summary>
    public int RowsBehind { get; set; }

    /// <summary>Number of time steps of each sequence.</summary>
    public int TimeSteps { get; set; }

    /// <summary>Number of time steps that are on the tape at the same time.</summary>
    public int TapeSteps { get; set; }

    /// <summary>The first step that is on the tape.</summary>
    public int TapeStart { get; set; }

    /// <summary>Number of the range of steps that is on the tape, from 0 for the first.</summary>
    public int TapeRange { get; set; }

    /// <summary>Whether the forward pass is done again for what is on the tape, so that nothing but the tape may change.</summary>
    public bool IsRepeating { get; set; }

    /// <summary>The first step of the range that a pass is at; of the forward pass <see cref="TapeStart"/>.</summary>
    public int FirstStep { get; set; }

    /// <summary>The step behind the range's last; <see cref="TimeSteps"/> for the first range, as they go backwards.</summary>
    public int EndStep { get; set; }

    /// <summary>
    /// Whether <see cref="OutputGradients"/> is already the gradient with respect to the last layer's pre-activation, as
    /// cross-entropy on softmax or sigmoid gives it in one stable formula.
    /// </summary>
    public bool OutputGradientsArePreActivation { get; set; }

    /// <summary>The lengths of the sequences of the batch from one on; empty if all have all steps.</summary>
    public ReadOnlySpan<int> GetLengths(nint first) =>
        HasLengths ? MemoryMarshal.Cast<float, int>(Lengths.Span)[(int)first..Rows] : default;
}
