using NanoRnn.CompilerServices;
using NanoRnn.Generators.Lowering.Network;
using NanoRnn.Generators.Parsing;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a layer that scales features: weights are a row of each of two statistics.</summary>
internal sealed class ScalingPlan(ScalingNode node, string identifier, LayerPlan? below, int inputSize)
    : LayerPlan(node, identifier, below, inputSize)
{
    public bool IsInverse => Spec.Kind == LayerKind.Denormalization;

    /// <summary>The statistics as files name them, with what leaves features as they are.</summary>
    public IReadOnlyList<(string Name, Initializer Start)> Statistics => Spec.NormalizationKind == NormalizationKind.Standard
        ? [("mean", Initializer.Zeros), ("variance", Initializer.Ones)]
        : [("minimum", Initializer.Zeros), ("maximum", Initializer.Ones)];

    public override int WeightLength => Statistics.Count * Split.RowLength;

    public override int ParameterCount => Statistics.Count * Features;

    public override bool IsFrozen => true;

    public override string WeightOutline => $"[{string.Join(", ", Statistics.Select(statistic => statistic.Name))}][{Split.RowLength}]";
}
