namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class LayerNormalizationRule : ILayerRule
{
    public int Weight => 1;

    public bool Fits(NetworkShape shape) => true;

    public LayerTerm Write(NetworkShape shape)
    {
        shape.HasWork = true;
        return LayerTerm.Of("LayerNormalization").Sometimes(shape.Dice, 0.3, "Epsilon", () => "0.1f");
    }
}
