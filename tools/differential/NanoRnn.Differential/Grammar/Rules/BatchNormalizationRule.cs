namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class BatchNormalizationRule : ILayerRule
{
    public int Weight => 2;

    public bool Fits(NetworkShape shape) => true;

    public LayerTerm Write(NetworkShape shape)
    {
        shape.HasWork = true;
        return LayerTerm.Of("BatchNormalization")
            .Sometimes(shape.Dice, 0.3, "Epsilon", () => "0.1f")
            .Sometimes(shape.Dice, 0.3, "Momentum", () => "0.5f")
            .Sometimes(shape.Dice, 0.2, "Scale", () => "false")
            .Sometimes(shape.Dice, 0.2, "Center", () => "false");
    }
}
