namespace NanoRnn.Differential.Grammar.Rules;

/// <summary>A recurrent layer that makes one vector of a sequence.</summary>
internal sealed class LastStateRule : ILayerRule
{
    public int Weight => 1;

    public bool Fits(NetworkShape shape) => shape.IsSequence;

    public LayerTerm Write(NetworkShape shape)
    {
        var layer = new GruRule().Write(shape);
        shape.Steps = NetworkShape.Once;
        return layer with { Options = layer.Options.RemoveAll(option => option.Name == "ReturnSequences") };
    }
}
