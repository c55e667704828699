using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>
/// All numbers of what normalizes a batch: weights are a row of moving means and one of moving variances. In the gradient, where those have their places,
/// are the batch's own.
/// </summary>
internal sealed class BatchStatisticsPlan(BatchStatisticsNode node, string identifier, LayerPlan? below, int inputSize)
    : LayerPlan(node, identifier, below, inputSize)
{
    public override int WeightLength => 2 * Split.RowLength;

    public override int ParameterCount => 2 * Features;

    public override bool IsFrozen => true;

    /// <summary>The part of the network that ends before it.</summary>
    public int Part { get; set; }

    public override string WeightOutline => $"[moving mean, moving variance][{Split.RowLength}]";
}
