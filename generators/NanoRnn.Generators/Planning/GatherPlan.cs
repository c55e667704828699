using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of the windows that a convolution sees of whole sequences.</summary>
internal sealed class GatherPlan(GatherNode node, string identifier, LayerPlan? below, int inputSize)
    : LayerPlan(node, identifier, below, inputSize)
{
    public override TimeAxis Steps => node.Steps;
}
