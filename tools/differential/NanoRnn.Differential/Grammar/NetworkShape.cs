namespace NanoRnn.Differential.Grammar;

/// <summary>What a layer would be given, as far as the layers before it say: rules read it and change it.</summary>
internal sealed class NetworkShape(Dice dice, bool inDecoder)
{
    public Dice Dice => dice;

    /// <summary>Whether the layer is in a decoder, which goes step by step.</summary>
    public bool InDecoder => inDecoder;

    /// <summary>Layers so far.</summary>
    public int Count { get; set; }

    /// <summary>Whether the layer is given a sequence, not one vector.</summary>
    public bool IsSequence { get; set; } = true;

    /// <summary>Whether a step may be skipped.</summary>
    public bool IsMasked { get; set; }

    /// <summary>Whether the layer is given the model's own features.</summary>
    public bool ReadsInput { get; set; } = !inDecoder;

    /// <summary>Whether the layer is given probabilities of classes.</summary>
    public bool HasClasses { get; set; }

    /// <summary>Whether something other than dropout has come.</summary>
    public bool HasWork { get; set; }
}
