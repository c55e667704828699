namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class DenormalizationRule : ILayerRule
{
    public int Weight => 1;

    public bool Fits(NetworkShape shape) => !shape.HasClasses;

    public LayerTerm Write(NetworkShape shape) =>
        LayerTerm.Of("Denormalization").Sometimes(shape.Dice, 0.5, "Kind", () => "NormalizationKind.MinMax");
}
