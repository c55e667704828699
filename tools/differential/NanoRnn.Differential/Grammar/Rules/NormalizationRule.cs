namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class NormalizationRule : ILayerRule
{
    public int Weight => 5;

    public bool Fits(NetworkShape shape) => shape.ReadsInput;

    public LayerTerm Write(NetworkShape shape)
    {
        shape.HasWork = true;
        return LayerTerm.Of("Normalization").Sometimes(shape.Dice, 0.5, "Kind", () => "NormalizationKind.MinMax");
    }
}
