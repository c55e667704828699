namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class SliceRule : ILayerRule
{
    public int Weight => 2;

    public bool Fits(NetworkShape shape) => true;

    public LayerTerm Write(NetworkShape shape)
    {
        var start = shape.Dice.Next(shape.Features);
        var length = 1 + shape.Dice.Next(shape.Features - start);
        (shape.Features, shape.HasWork) = (length, true);
        return LayerTerm.Of("Slice", start, length);
    }
}
