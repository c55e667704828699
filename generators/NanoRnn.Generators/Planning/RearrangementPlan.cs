using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a layer that puts the steps of another in another order: a repetition, a reversal.</summary>
internal sealed class RearrangementPlan(Node node, string identifier, LayerPlan below) : LayerPlan(node, identifier, below, 0);
