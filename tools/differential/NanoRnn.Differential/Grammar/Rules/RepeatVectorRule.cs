namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class RepeatVectorRule : ILayerRule
{
    public int Weight => 3;

    public bool Fits(NetworkShape shape) => !shape.IsSequence && !shape.InDecoder;

    public LayerTerm Write(NetworkShape shape)
    {
        shape.IsSequence = true;
        return LayerTerm.Of("RepeatVector", shape.Dice.Pick(1, 2, 5, 16, 17));
    }
}
