using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a layer normalization: weights are γ, then β; a record row is the normalized input, then a row for 1/σ.</summary>
internal sealed class NormalizationPlan(NormalizationNode node, string identifier, LayerPlan? below, int inputSize)
    : LayerPlan(node, identifier, below, inputSize)
{
    public override int WeightLength => 2 * Split.RowLength;

    public override int ParameterCount => 2 * Features;

    public override int Pieces => 1;

    public override int RecordStride => 2 * Split.RowLength;

    public override string WeightOutline => $"[γ, β][{Split.RowLength}]";
}
