using System.ComponentModel;

namespace NanoRnn.CompilerServices;

/// <summary>
/// What the generator implements on every model class that can be trained, for <see cref="Trainer{TModel}"/>. Nothing in it
/// allocates.
/// </summary>
/// <typeparam name="TSelf">The model class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRnnModel<TSelf> : IPackedModel<TSelf>
    where TSelf : class, IRnnModel<TSelf>
{
    /// <summary>Floats that <see cref="TrainingWorkspace.Tape"/> must hold for <paramref name="rows"/> sequences and so many steps at the same time.</summary>
    /// <exception cref="OverflowException">They are more than a 64-bit number can say.</exception>
    static abstract long GetTapeLength(int rows, int timeSteps, int targetSteps);

    /// <summary>Refreshes the transposed copy of the weights that the backward pass reads.</summary>
    static abstract void Transpose(in float weights, ref float transposed);

    /// <summary>
    /// Forward pass over the sequences <paramref name="firstRow"/> … <paramref name="endRow"/> − 1 and over the steps
    /// <see cref="TrainingWorkspace.FirstStep"/> … <see cref="TrainingWorkspace.EndStep"/> − 1, all that the tape has: fills it and
    /// <see cref="TrainingWorkspace.Outputs"/>. Rows are independent of each other; ranges of steps follow each other.
    /// </summary>
    static abstract void Forward(TrainingWorkspace workspace, int firstRow, int endRow);

    /// <summary>
    /// Backward pass over the same rows and over the steps <see cref="TrainingWorkspace.FirstStep"/> …
    /// <see cref="TrainingWorkspace.EndStep"/> − 1: from <see cref="TrainingWorkspace.OutputGradients"/> to the gradient of every
    /// pre-activation, which it leaves on the tape. Rows are independent of each other; ranges of steps follow each other
    /// backwards.
    /// </summary>
    static abstract void Backward(TrainingWorkspace workspace, int firstRow, int endRow);

    /// <summary>
    /// Weight gradients from the tape, for the pieces <paramref name="firstPiece"/> … <paramref name="endPiece"/> − 1 of
    /// <see cref="ModelLayout.GradientPieces"/> and the same range of steps: overwrites their part of
    /// <see cref="TrainingWorkspace.Gradients"/> for the first range and adds to it for the others. Each piece sums over all rows
    /// and steps in one fixed order, so the split over threads does not change a bit.
    /// </summary>
    static abstract void ComputeGradients(TrainingWorkspace workspace, int firstPiece, int endPiece);

    /// <summary>
    /// Statistics of the batch for some pieces of the batch normalization behind the part <see cref="TrainingWorkspace.Part"/>, which has been gone
    /// through for all rows. Pieces do not interact.
    /// </summary>
    static virtual void ComputeStatistics(TrainingWorkspace workspace, int firstPiece, int endPiece)
    {
    }

    /// <summary>The same on the way back: what the statistics hand back to every row.</summary>
    static virtual void ComputeStatisticsBackward(TrainingWorkspace workspace, int firstPiece, int endPiece)
    {
    }
}

/// <summary>What the generator implements on a model class with a decoder.</summary>
/// <typeparam name="TSelf">The model class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDecoderModel<TSelf> : IPackedModel<TSelf>
    where TSelf : class, IDecoderModel<TSelf>
{
    /// <summary>One step of the decoder.</summary>
    /// <param name="model">The model.</param>
    /// <param name="token">What it is given.</param>
    /// <param name="memory">Its states.</param>
    /// <param name="phase">0 and 1 in turn.</param>
    /// <param name="tape">What the encoder has left, to which it attends.</param>
    /// <param name="timeSteps">Steps of the source.</param>
    /// <param name="y">Receives the probability of each token.</param>
    static abstract void Decode(TSelf model, int token, ref float memory, int phase, ref float tape, int timeSteps, ref float y);
}
