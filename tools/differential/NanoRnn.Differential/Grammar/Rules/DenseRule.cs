namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class DenseRule : ILayerRule
{
    public int Weight => 4;

    public bool Fits(NetworkShape shape) => true;

    public LayerTerm Write(NetworkShape shape)
    {
        var dice = shape.Dice;
        var units = shape.Size();
        (shape.Features, shape.HasWork) = (units, true);
        var layer = LayerTerm.Of("Dense", units).Sometimes(dice, 0.15, "UseBias", () => "false").WithPenalties(dice, "Kernel", "Bias");
        return dice.Next(8) switch
        {
            0 => layer.With("ActivationMethod", $"\"{dice.Function()}\""),
            1 when units > 1 => layer.With("Activation", "Activation.Softmax"),
            < 5 => layer.With("Activation", dice.AnyActivation()),
            _ => layer,
        };
    }
}
