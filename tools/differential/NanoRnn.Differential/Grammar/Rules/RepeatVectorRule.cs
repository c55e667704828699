namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class RepeatVectorRule : ILayerRule
{
    public int Weight => 3;

    public bool Fits(NetworkShape shape) => !shape.IsSequence && !shape.InDecoder;

    public LayerTerm Write(NetworkShape shape)
    {
        var count = shape.Dice.Pick(1, 2, 5, 16, 17);
        shape.Steps = $"{count} times";
        return LayerTerm.Of("RepeatVector", count);
    }
}
