namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class LstmRule : RecurrentRule
{
    protected override LayerTerm Start(Dice dice, int units) => LayerTerm.Of("Lstm", units);
}
