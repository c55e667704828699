namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class DropoutRule : ILayerRule
{
    public int Weight => 1;

    public bool Fits(NetworkShape shape) => true;

    public LayerTerm Write(NetworkShape shape) => LayerTerm.Of("Dropout", shape.Dice.Rate());
}
