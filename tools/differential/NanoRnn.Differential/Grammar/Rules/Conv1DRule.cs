namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class Conv1DRule : ILayerRule
{
    public int Weight => 4;

    public bool Fits(NetworkShape shape) => shape is { IsSequence: true, InDecoder: false, SkipsSteps: false };

    public LayerTerm Write(NetworkShape shape)
    {
        var dice = shape.Dice;
        var layer = LayerTerm.Of("Conv1D", shape.Size(), dice.Pick(1, 2, 2, 3, 4));
        if (Divisors(shape.Features) is [_, .. { Length: > 0 } groups] && dice.Chance(0.25))
        {
            var count = dice.Pick<int>([.. groups]);
            layer = LayerTerm.Of("Conv1D", count * (1 + dice.Next(4)), layer.Arguments[1]).With("Groups", count);
        }

        layer = dice.Chance(0.2) ? layer.With("Strides", dice.Pick(1, 2, 3)) : layer.Sometimes(dice, 0.3, "DilationRate", () => dice.Pick(2, 3, 5));
        layer = shape.InWindows(layer);
        (shape.Features, shape.HasWork) = (int.Parse(layer.Arguments[0], System.Globalization.CultureInfo.InvariantCulture), true);
        return WithOptions(layer, dice);
    }

    /// <summary>What every convolution may have.</summary>
    public static LayerTerm WithOptions(LayerTerm layer, Dice dice)
    {
        layer = layer.Sometimes(dice, 0.15, "UseBias", () => "false").WithPenalties(dice, "Kernel", "Bias");
        return dice.Chance(0.15) ? layer.With("ActivationMethod", $"\"{dice.Function()}\"") : layer.Sometimes(dice, 0.5, "Activation", dice.AnyActivation);
    }

    /// <summary>What divides a number, 1 first; nothing where the number is not known.</summary>
    public static int[] Divisors(int number) => [.. Enumerable.Range(1, number).Where(divisor => number % divisor == 0)];
}
