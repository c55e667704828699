using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a layer that makes one of several steps.</summary>
internal sealed class PoolingPlan(PoolingNode node, string identifier, LayerPlan? below, int inputSize)
    : LayerPlan(node, identifier, below, inputSize)
{
    public override TimeAxis Steps => node.Steps;

    /// <summary>Whether the mean is taken; else the largest value.</summary>
    public bool IsMean => Spec.Kind is LayerKind.AveragePooling1D or LayerKind.GlobalAveragePooling1D;
}
