namespace NanoRnn.Differential.Grammar.Rules;

internal sealed class ActivationRule : ILayerRule
{
    public int Weight => 1;

    public bool Fits(NetworkShape shape) => true;

    public LayerTerm Write(NetworkShape shape)
    {
        shape.HasWork = true;
        return LayerTerm.Of("Activation", shape.Dice.Chance(0.2) ? "Activation.Softmax" : shape.Dice.AnyActivation());
    }
}
