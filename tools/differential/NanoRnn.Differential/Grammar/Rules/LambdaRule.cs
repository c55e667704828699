namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class LambdaRule : ILayerRule
{
    public int Weight => 1;

    public bool Fits(NetworkShape shape) => true;

    public LayerTerm Write(NetworkShape shape)
    {
        shape.HasWork = true;
        return LayerTerm.Of("Lambda", $"\"{shape.Dice.Function()}\"");
    }
}
