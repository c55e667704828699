namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class Conv1DRule : ILayerRule
{
    public int Weight => 4;

    public bool Fits(NetworkShape shape) => shape is { IsSequence: true, InDecoder: false, SkipsSteps: false };

    public LayerTerm Write(NetworkShape shape)
    {
        var dice = shape.Dice;
        var layer = LayerTerm.Of("Conv1D", shape.Size(), dice.Pick(1, 2, 2, 3, 4));
        layer = dice.Chance(0.2) ? layer.With("Strides", dice.Pick(1, 2, 3)) : layer.Sometimes(dice, 0.3, "DilationRate", () => dice.Pick(2, 3, 5));
        layer = shape.InWindows(layer);
        (shape.Features, shape.HasWork) = (int.Parse(layer.Arguments[0], System.Globalization.CultureInfo.InvariantCulture), true);
        layer = layer.Sometimes(dice, 0.15, "UseBias", () => "false").WithPenalties(dice, "Kernel", "Bias");
        return dice.Chance(0.15) ? layer.With("ActivationMethod", $"\"{dice.Function()}\"") : layer.Sometimes(dice, 0.5, "Activation", dice.AnyActivation);
    }
}
