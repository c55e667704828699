namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class SimpleRnnRule : RecurrentRule
{
    protected override bool HasGates => false;

    protected override LayerTerm Start(Dice dice, int units) => LayerTerm.Of("SimpleRnn", units);
}
