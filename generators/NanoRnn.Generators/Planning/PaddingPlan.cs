using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a layer that adds positions.</summary>
internal sealed class PaddingPlan(PaddingNode node, string identifier, LayerPlan? below, int inputSize)
    : LayerPlan(node, identifier, below, inputSize)
{
    /// <summary>The positions, and what is added to them.</summary>
    public PaddingNode Padding => node;
}
