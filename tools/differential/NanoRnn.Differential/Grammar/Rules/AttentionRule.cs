namespace NanoRnn.Differential.Grammar.Rules;

/// <summary>A mean of the steps of one of the outputs, with another of its steps as keys where its own features are not the query's.</summary>
internal sealed class AttentionRule : ILayerRule
{
    public int Weight => 6;

    public bool Fits(NetworkShape shape) => shape.Input is { IsInput: false } && Choices(shape).Any();

    public LayerTerm Write(NetworkShape shape)
    {
        var dice = shape.Dice;
        var (value, key) = dice.Pick<(LayerOutput, LayerOutput)>([.. Choices(shape)]);
        (shape.Features, shape.HasWork) = (value.Features, true);
        var layer = LayerTerm.Of(dice.Pick("Attention", "AdditiveAttention"), value.Name);
        return key == value && dice.Chance(0.8) ? layer : layer.With("Key", key.Name);
    }

    private static IEnumerable<(LayerOutput Value, LayerOutput Key)> Choices(NetworkShape shape) =>
        from value in shape.Outputs
        where value is { IsSequence: true, IsInput: false }
        from key in shape.Outputs
        where !key.IsInput && key.Steps == value.Steps && key.Features == shape.Features
        select (value, key);
}
