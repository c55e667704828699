namespace NanoRnn;

/// <summary>What a layer that sees several time steps at once sees beyond the ends of the sequence.</summary>
public enum Padding
{
    /// <summary>Nothing: there is an output only where all that is seen lies in the sequence, so there are fewer outputs than steps.</summary>
    Valid,

    /// <summary>Zeros on both sides, the same number or one more behind, so that there is an output for every <c>Strides</c> steps.</summary>
    Same,

    /// <summary>Zeros before the first step: an output depends on no later step, so that a stream can be predicted from.</summary>
    Causal,
}
