using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a layer that puts the outputs of others together: a merge, a repetition, a reversal.</summary>
internal sealed class RearrangementPlan(Node node, string identifier, LayerPlan below, LayerPlan? second = null)
    : LayerPlan(node, identifier, below, 0)
{
    /// <summary>The other layer that a merge reads.</summary>
    public LayerPlan? Second => second;

    /// <summary>A repetition reads one vector; the others go step by step.</summary>
    public TimeAxis InputAxis => Below!.Output;
}
