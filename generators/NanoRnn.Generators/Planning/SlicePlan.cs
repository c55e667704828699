using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a layer that is some of the features of another.</summary>
internal sealed class SlicePlan(SliceNode node, string identifier, LayerPlan? below, int inputSize)
    : LayerPlan(node, identifier, below, inputSize)
{
    /// <summary>The first of them.</summary>
    public int Start => node.Start;
}
