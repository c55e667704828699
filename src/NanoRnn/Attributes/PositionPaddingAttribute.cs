namespace NanoRnn;

/// <summary>What layers have that add positions to each step.</summary>
public abstract class PositionPaddingAttribute : LayerAttribute
{
    private protected PositionPaddingAttribute(int before, int behind) => (Before, Behind) = (before, behind);

    /// <summary>Positions before the first one.</summary>
    public int Before { get; }

    /// <summary>Positions behind the last one.</summary>
    public int Behind { get; }

    /// <summary>Positions that the features of a step are, which divides their number. Default 0: as many as features.</summary>
    public int Positions { get; set; }
}
