namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class GruRule : RecurrentRule
{
    protected override LayerTerm Start(Dice dice, int units) => LayerTerm.Of("Gru", units).Sometimes(dice, 0.4, "ResetAfter", () => "false");

    /// <summary>With a reset before the product the candidate has an operand of its own.</summary>
    protected override bool MayDropState(LayerTerm layer) => !layer.Options.Contains(("ResetAfter", "false"));
}
