using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a layer that averages the values of other steps. It reads queries, values and keys; weights are those of its score, if any.</summary>
internal sealed class AttentionPlan(AttentionNode node, string identifier, LayerPlan query, LayerPlan value, LayerPlan key, int inputSize)
    : LayerPlan(node, identifier, query, inputSize)
{
    public override IReadOnlyList<LayerPlan?> Sources => [Below, value, key];

    /// <summary>The steps that it averages.</summary>
    public TimeAxis ValueSteps => node.ValueSteps;

    /// <summary>How the features of queries and keys lie.</summary>
    public BlockSplit ScoreSplit => key.Split;

    /// <summary>Whether a score is the sum of weighted functions; else a product.</summary>
    public bool IsAdditive => Spec.Kind == LayerKind.AdditiveAttention;

    /// <summary>What the weights of one query and their gradients take, and more where vectors end behind them.</summary>
    public Extent ScratchSize => Extent.Of(ValueSteps, 2) + Extent.Once(2 * BlockSplit.BlockLanes);

    public override int WeightLength => IsAdditive ? ScoreSplit.RowLength : 0;

    public override int ParameterCount => IsAdditive ? ScoreSplit.Units : 0;

    public override int Pieces => IsAdditive ? 1 : 0;

    public override string? WeightOutline => IsAdditive ? $"[scale][{ScoreSplit.RowLength}]" : null;
}
