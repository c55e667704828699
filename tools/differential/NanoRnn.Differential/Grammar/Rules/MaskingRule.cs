namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class MaskingRule : ILayerRule
{
    public int Weight => 5;

    public bool Fits(NetworkShape shape) => shape.Count == 0;

    public LayerTerm Write(NetworkShape shape)
    {
        shape.IsMasked = true;
        return LayerTerm.Of("Masking").Sometimes(shape.Dice, 0.5, "MaskValue", () => shape.Dice.Pick("-1", "0.5f"));
    }
}
