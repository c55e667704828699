using NanoRnn.Generators.Lowering.Network;

namespace NanoRnn.Generators.Planning;

/// <summary>All numbers of a dropout: a record row is the factor of each feature.</summary>
internal sealed class DropoutPlan(DropoutNode node, string identifier, LayerPlan? below, int inputSize)
    : LayerPlan(node, identifier, below, inputSize)
{
    public float Rate => node.Rate;

    /// <summary>Whether a sequence has one record row for all of its steps.</summary>
    public bool IsPerSequence => node.IsPerSequence;

    public override bool IsTransparent => true;

    public override int RecordStride => Split.RowLength;
}
