namespace NanoRnn.Differential.Grammar;

/// <summary>Options that several kinds of layers have.</summary>
internal static class Choices
{
    /// <summary>Activations that cannot make a state grow without limit.</summary>
    private static readonly Activation[] Bounded = [Activation.Tanh, Activation.Sigmoid, Activation.HardSigmoid, Activation.Softsign];

    private static readonly Activation[] Elementwise =
        [.. Enum.GetValues<Activation>().Distinct().Where(activation => activation != Activation.Softmax)];

    private static readonly Activation[] Recurrent = [.. Elementwise.Where(activation => activation != Activation.Exponential)];

    /// <summary>Any activation of single elements.</summary>
    public static string AnyActivation(this Dice dice) => $"Activation.{dice.Pick<Activation>(Elementwise)}";

    /// <summary>Sometimes an activation, sometimes a function of the user's own.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="dice">The choices.</param>
    /// <param name="option">The option, <c>Activation</c> or <c>RecurrentActivation</c>.</param>
    /// <param name="isGate">Whether it is for gates.</param>
    public static LayerTerm WithActivation(this LayerTerm layer, Dice dice, string option, bool isGate) => dice.Next(8) switch
    {
        0 => layer.With($"{option}Method", $"\"{Function(dice)}\""),
        < 4 => layer.With(option, $"Activation.{dice.Pick<Activation>(isGate ? Bounded : Recurrent)}"),
        _ => layer,
    };

    public static string Function(this Dice dice) => dice.Pick(UserFunctions.Names.ToArray());

    /// <summary>An option that is sometimes there.</summary>
    public static LayerTerm Sometimes(this LayerTerm layer, Dice dice, double share, string option, Func<object> value) =>
        dice.Chance(share) ? layer.With(option, value()) : layer;

    /// <summary>What every layer with units has besides: penalties of its tensors.</summary>
    public static LayerTerm WithPenalties(this LayerTerm layer, Dice dice, params ReadOnlySpan<string> tensors)
    {
        foreach (var tensor in tensors)
            if (tensor != "Bias" || !layer.Options.Contains(("UseBias", "false")))
                layer = layer.Sometimes(dice, 0.03, $"{tensor}L1", () => "0.01f").Sometimes(dice, 0.03, $"{tensor}L2", () => "0.01f");
        return layer;
    }

    public static string Rate(this Dice dice) => dice.Pick("0.25f", "0.5f", "0.125f");
}
