using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a table with a row for each token. A row has whole cache lines.</summary>
internal sealed class EmbeddingPlan(EmbeddingNode node, string identifier) : LayerPlan(node, identifier, null, 1)
{
    public bool IsDecoder => node.IsDecoder;

    public int Vocabulary => Spec.Vocabulary;

    public override int WeightLength => Vocabulary * Split.RowLength;

    public override int ParameterCount => Vocabulary * Features;

    public override int Pieces => Split.Blocks;

    public override string WeightOutline => $"[{Vocabulary} tokens][{Split.RowLength}]";
}
