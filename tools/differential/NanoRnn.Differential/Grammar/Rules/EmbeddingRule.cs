namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class EmbeddingRule : ILayerRule
{
    public int Weight => 8;

    public bool Fits(NetworkShape shape) => shape.Count == 0;

    public LayerTerm Write(NetworkShape shape)
    {
        var size = shape.Dice.Size();
        var layer = LayerTerm.Of("Embedding", 2 + shape.Dice.Next(30), size);
        (shape.Features, shape.IsMasked, shape.HasWork) = (size, shape.Dice.Chance(0.5), true);
        return shape.IsMasked ? layer.With("MaskZero", "true") : layer;
    }
}
