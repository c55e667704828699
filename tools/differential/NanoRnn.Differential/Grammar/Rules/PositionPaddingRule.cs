namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class PositionPaddingRule : ILayerRule
{
    public int Weight => 2;

    public bool Fits(NetworkShape shape) => shape.Features is > 0 and <= 64;

    public LayerTerm Write(NetworkShape shape)
    {
        var dice = shape.Dice;
        var positions = dice.Pick<int>(Conv1DRule.Divisors(shape.Features));
        var (reflects, most) = dice.Chance(0.5) ? (true, positions - 1) : (false, 3);
        var (before, behind) = (dice.Next(most + 1), dice.Next(most + 1));
        var layer = LayerTerm.Of(reflects ? "ReflectionPadding1D" : "ZeroPadding1D", before, behind);
        if (positions < shape.Features || dice.Chance(0.5))
            layer = layer.With("Positions", positions);
        shape.Features = shape.Features / positions * (positions + before + behind);
        return layer;
    }
}
