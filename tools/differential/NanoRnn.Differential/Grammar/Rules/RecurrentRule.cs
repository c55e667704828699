namespace NanoRnn.Differential.Grammar.Rules;

/// <summary>What recurrent layers have in common.</summary>
internal abstract class RecurrentRule : ILayerRule
{
    public int Weight => 3;

    public bool Fits(NetworkShape shape) => shape.IsSequence;

    public LayerTerm Write(NetworkShape shape) => Write(shape, shape.Dice.Size());

    /// <summary>With a number of units.</summary>
    public LayerTerm Write(NetworkShape shape, int units)
    {
        var dice = shape.Dice;
        var layer = WriteOptions(Start(dice, units).WithActivation(dice, "Activation", isGate: false), dice)
            .Sometimes(dice, 0.1, "Name", () => $"\"layer{shape.Count}\"");
        if (shape.InDecoder || dice.Chance(0.5))
            layer = layer.With("ReturnSequences", "true");
        else
            shape.IsSequence = false;
        if (!shape.InDecoder && dice.Chance(0.2))
            layer = layer.With("Direction", "Direction.Bidirectional").Sometimes(dice, 0.75, "MergeMode", () => $"MergeMode.{dice.Pick(Enum.GetValues<MergeMode>())}");
        else if (!shape.InDecoder)
            layer = layer.Sometimes(dice, 0.2, "GoBackwards", () => "true");
        layer = layer.Sometimes(dice, 0.1, "Dropout", () => dice.Rate());
        if (MayDropState(layer))
            layer = layer.Sometimes(dice, 0.1, "RecurrentDropout", () => dice.Rate());
        layer = layer.Sometimes(dice, 0.05, "KernelL2", () => "0.01f").Sometimes(dice, 0.05, "RecurrentL1", () => "0.01f");
        (shape.IsMasked, shape.HasWork) = (false, true);
        return layer;
    }

    protected abstract LayerTerm Start(Dice dice, int units);

    /// <summary>The options of this kind alone.</summary>
    protected virtual LayerTerm WriteOptions(LayerTerm layer, Dice dice) => layer.Sometimes(dice, 0.15, "UseBias", () => "false");

    protected virtual bool MayDropState(LayerTerm layer) => true;
}
