namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class PoolingRule : ILayerRule
{
    public int Weight => 2;

    public bool Fits(NetworkShape shape) => shape is { IsSequence: true, InDecoder: false, SkipsSteps: false };

    public LayerTerm Write(NetworkShape shape)
    {
        var dice = shape.Dice;
        shape.HasWork = true;
        return shape.InWindows(
            LayerTerm.Of(dice.Pick("MaxPooling1D", "AveragePooling1D"), dice.Pick(1, 2, 3)).Sometimes(dice, 0.4, "Strides", () => dice.Pick(1, 2, 3)));
    }
}
