using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a layer that makes one output of those of others.</summary>
internal sealed class MergePlan(MergeNode node, string identifier, IReadOnlyList<LayerPlan?> sources, int inputSize)
    : LayerPlan(node, identifier, sources[0], inputSize)
{
    public override IReadOnlyList<LayerPlan?> Sources => sources;

    public MergeOperation Operation => node.Operation;

    /// <summary>Whether outputs of steps that are skipped are zeros.</summary>
    public bool ClearsSkipped => node.ClearsSkipped;

    /// <summary>Where in its own features those of a part begin.</summary>
    public int StartOf(int source) => Operation == MergeOperation.Concatenate ? sources.Take(source).Sum(FeaturesOf) : 0;
}
