namespace NanoRnn.Differential.Grammar.Rules;

/// <summary>What recurrent layers have in common.</summary>
internal abstract class RecurrentRule : ILayerRule
{
    public int Weight => 3;

    public bool Fits(NetworkShape shape) => shape.IsSequence;

    public LayerTerm Write(NetworkShape shape) => Write(shape, shape.Size());

    /// <summary>With a number of units.</summary>
    public LayerTerm Write(NetworkShape shape, int units)
    {
        var dice = shape.Dice;
        var layer = Start(dice, units).WithActivation(dice, "Activation", isGate: false).Sometimes(dice, 0.15, "UseBias", () => "false");
        if (HasGates)
            layer = layer.WithActivation(dice, "RecurrentActivation", isGate: true);
        if (shape.InDecoder || dice.Chance(0.5))
            layer = layer.With("ReturnSequences", "true");
        else
            shape.Steps = NetworkShape.Once;
        if (!shape.InDecoder && dice.Chance(0.2))
            layer = layer.With("Direction", "Direction.Bidirectional").Sometimes(dice, 0.75, "MergeMode", () => $"MergeMode.{dice.Pick(Enum.GetValues<MergeMode>())}");
        else if (!shape.InDecoder)
            layer = layer.Sometimes(dice, 0.2, "GoBackwards", () => "true");
        if (!shape.InDecoder)
            layer = layer.Sometimes(dice, 0.15, "TrainableInitialState", () => "true");
        layer = layer.Sometimes(dice, 0.1, "Dropout", () => dice.Rate());
        if (MayDropState(layer))
            layer = layer.Sometimes(dice, 0.1, "RecurrentDropout", () => dice.Rate());
        layer = layer.WithPenalties(dice, "Kernel", "Recurrent", "Bias");
        shape.Features = layer.HasTwoOutputs ? 2 * units : units;
        if (layer.Options.Contains(("GoBackwards", "true")))
            shape.Steps = shape.Steps switch
            {
                NetworkShape.Every => NetworkShape.EveryReversed,
                NetworkShape.EveryReversed => NetworkShape.Every,
                var steps => steps,
            };
        (shape.IsMasked, shape.HasWork) = (false, true);
        return layer;
    }

    protected abstract LayerTerm Start(Dice dice, int units);

    /// <summary>Whether there are gates, with an activation of their own.</summary>
    protected virtual bool HasGates => true;

    protected virtual bool MayDropState(LayerTerm layer) => true;
}
