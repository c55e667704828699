namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class GlobalPoolingRule : ILayerRule
{
    public int Weight => 1;

    public bool Fits(NetworkShape shape) => shape is { IsSequence: true, InDecoder: false };

    public LayerTerm Write(NetworkShape shape)
    {
        (shape.Steps, shape.HasWork, shape.IsMasked) = (NetworkShape.Once, true, false);
        return LayerTerm.Of(shape.Dice.Pick("GlobalMaxPooling1D", "GlobalAveragePooling1D"));
    }
}
