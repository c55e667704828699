namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class PReLURule : ILayerRule
{
    public int Weight => 2;

    public bool Fits(NetworkShape shape) => true;

    public LayerTerm Write(NetworkShape shape)
    {
        shape.HasWork = true;
        return LayerTerm.Of("PReLU");
    }
}
