namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class LstmRule : RecurrentRule
{
    protected override LayerTerm Start(Dice dice, int units) => LayerTerm.Of("Lstm", units);

    protected override LayerTerm WriteOptions(LayerTerm layer, Dice dice) =>
        base.WriteOptions(layer, dice).WithActivation(dice, "RecurrentActivation", isGate: true);
}
