using NanoRnn.CompilerServices;
using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// All numbers of a convolution over positions: weights are a row of biases, if there are any, and a row for each channel of a group at each tap. A record
/// row is the sums of all positions with their padding; on the way back their gradients.
/// </summary>
internal sealed class ConvolutionPlan(ConvolutionNode node, string identifier, LayerPlan? below, int inputSize)
    : LayerPlan(node, identifier, below, inputSize)
{
    public ConvolutionShape Shape { get; } = new(
        node.Spec.KernelSize, node.DilationRate, node.Strides, node.Positions, node.Channels, node.Spec.Units, node.Spec.Groups, new BlockSplit(node.Spec.Units).RowLength, node.Spec.UseBias);

    /// <summary>Whether the way back multiplies by a transposed kernel.</summary>
    public bool IsTransposed => Shape.Groups == 1 && TrainedBelow is not null;

    /// <summary>Where that is.</summary>
    public long TransposedOffset { get; set; }

    public override int WeightLength => checked(Shape.KernelStart + Shape.KernelRows * Shape.RowLength);

    public override int ParameterCount => ((Shape.HasBias ? 1 : 0) + Shape.KernelRows) * Shape.Filters;

    /// <summary>One for each block of filters.</summary>
    public override int Pieces => Math.Max(1, Shape.RowLength / BlockSplit.BlockLanes);

    public override int RecordStride => checked(Shape.Outputs * Shape.RowLength);

    /// <summary>A stream has the sums of a row, but as no state.</summary>
    public override int MemoryLength => ModelPlan.RoundUp(RecordStride);

    public override string WeightOutline => $"[{(Shape.HasBias ? "bias, " : "")}kernel {Shape.KernelRows}][{Shape.RowLength}]";
}
